//! A scene of marks in whole pixels, and the one drawing code that makes SVG and PNG of it.
//!
//! Text is set in `DejaVu` Sans, which the program carries: no font of the system is needed. SVG keeps text as text and
//! names fonts of the same width in case the reader's machine lacks it.

use std::sync::OnceLock;

use plotters::backend::{BitMapBackend, SVGBackend};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{PathElement, Polygon, Rectangle, Text};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle, register_font};

use super::palette::Colour;
use super::{palette, png};
use crate::output::artifact::OutputError;
use crate::output::drawn::{LegendEntry, Narrow, NarrowPanel, Window};

/// Where a text's `x` lies in it; `y` is its middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Type {
    pub(super) size: i32,
    pub(super) colour: Colour,
    pub(super) align: Align,
    pub(super) weight: Weight,
}

/// Plain or bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Plain,
    Bold,
}

impl Type {
    /// Plain, to the right of its point.
    pub(super) const fn new(size: i32, colour: Colour) -> Self {
        Self { size, colour, align: Align::Left, weight: Weight::Plain }
    }

    pub(super) const fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    pub(super) const fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }
}

/// A position in pixels from the top left.
pub(super) type Point = (i32, i32);

#[derive(Clone, Debug, PartialEq)]
enum Mark {
    Rectangle { from: Point, to: Point, fill: Colour },
    Line { points: Vec<Point>, colour: Colour, width: u32 },
    Area { points: Vec<Point>, fill: Colour },
    Text { at: Point, text: String, style: Type },
}

/// A drawing, first marks at the bottom.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    width: u32,
    height: u32,
    title: String,
    marks: Vec<Mark>,
    narrow: Narrow,
    /// Of the panel that is being drawn.
    panel: NarrowPanel,
}

impl Scene {
    /// An empty sheet.
    pub(super) fn new(width: u32, height: u32, title: impl Into<String>) -> Self {
        Self {
            width,
            height,
            title: title.into(),
            marks: Vec::new(),
            narrow: Narrow::default(),
            panel: NarrowPanel::default(),
        }
    }

    /// What the chart says.
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// How it is shown on a narrow screen.
    pub(super) fn narrow(&self) -> &Narrow {
        &self.narrow
    }

    /// What stands below the title.
    pub(super) fn subtitled(&mut self, subtitle: &str) {
        subtitle.clone_into(&mut self.narrow.subtitle);
    }

    /// What a colour means in the panel that is being drawn.
    pub(super) fn explain(&mut self, Colour(red, green, blue): Colour, is_line: bool, text: &str) {
        let colour = format!("#{red:02x}{green:02x}{blue:02x}");
        self.panel.legend.push(LegendEntry { colour, is_line, text: text.to_owned() });
    }

    /// The unit of the panel that is being drawn.
    pub(super) fn measure(&mut self, unit: &str) {
        unit.clone_into(&mut self.panel.unit);
    }

    /// A panel is drawn: these are its parts on a narrow screen.
    pub(super) fn part(&mut self, rows: Vec<Vec<Window>>) {
        self.narrow.panels.push(NarrowPanel { rows, ..std::mem::take(&mut self.panel) });
    }

    /// The parts of the last panel reach down to here.
    pub(super) fn part_until(&mut self, bottom: i32) {
        let rows = self.narrow.panels.last_mut().into_iter().flat_map(|panel| &mut panel.rows);
        rows.flatten().for_each(|window| window.height = bottom - window.y);
    }

    /// The sheet's width in pixels.
    pub(super) fn width(&self) -> i32 {
        i32::try_from(self.width).unwrap_or(i32::MAX)
    }

    pub(super) fn rectangle(&mut self, from: Point, to: Point, fill: Colour) {
        self.marks.push(Mark::Rectangle { from, to, fill });
    }

    pub(super) fn line(&mut self, points: Vec<Point>, colour: Colour, width: u32) {
        if points.len() > 1 {
            self.marks.push(Mark::Line { points, colour, width });
        }
    }

    pub(super) fn area(&mut self, points: Vec<Point>, fill: Colour) {
        if points.len() > 2 {
            self.marks.push(Mark::Area { points, fill });
        }
    }

    pub(super) fn text(&mut self, at: Point, text: impl Into<String>, style: Type) {
        self.marks.push(Mark::Text { at, text: text.into(), style });
    }

    /// All texts of the drawing.
    #[cfg(test)]
    pub(super) fn texts(&self) -> Vec<&str> {
        let text = |mark: &'_ Mark| matches!(mark, Mark::Text { .. });
        let texts = self.marks.iter().filter(|mark| text(mark));
        texts.filter_map(|mark| if let Mark::Text { text, .. } = mark { Some(text.as_str()) } else { None }).collect()
    }
}

/// The width of a text in pixels, near enough to lay out labels: `DejaVu` Sans is 0.6 em wide on average.
pub(super) fn text_width(text: &str, size: i32) -> i32 {
    i32::try_from(text.chars().count()).unwrap_or(i32::MAX / 100) * size * 3 / 5
}

/// SVG names these in turn; the first is what PNG is drawn with.
const FONT: &str = "DejaVu Sans, Verdana, sans-serif";

/// `plotters` sizes fonts by line height and writes this fraction of it as the SVG's em.
const LINE_PER_EM: f64 = 1.24;

/// Gives the program's fonts to the drawing library, once.
pub(super) fn register_fonts() -> Result<(), OutputError> {
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    let registered = *REGISTERED.get_or_init(|| {
        register_font(FONT, FontStyle::Normal, dejavu::sans::regular()).is_ok()
            && register_font(FONT, FontStyle::Bold, dejavu::sans::bold()).is_ok()
    });
    if registered { Ok(()) } else { Err(OutputError::Chart("the built-in font is unreadable".into())) }
}

/// The scene as SVG.
pub(super) fn svg(scene: &Scene) -> Result<String, OutputError> {
    let mut out = String::new();
    let sheet = SVGBackend::with_string(&mut out, (scene.width, scene.height)).into_drawing_area();
    replay(scene, &sheet, |_| 0)?;
    drop(sheet);
    Ok(out)
}

/// The scene as PNG.
pub(super) fn png(scene: &Scene) -> Result<Vec<u8>, OutputError> {
    let mut pixels = vec![0; scene.width as usize * scene.height as usize * 3];
    let size = (scene.width, scene.height);
    let sheet = BitMapBackend::with_buffer(&mut pixels, size).into_drawing_area();
    replay(scene, &sheet, |style| style.size / 6)?;
    drop(sheet);
    png::encode(&pixels, scene.width, scene.height).map_err(|error| OutputError::Chart(error.to_string()))
}

/// Draws all marks. `drop` is how far a text is moved down to stand in the middle of its point: pixels are set a sixth
/// of an em above it.
fn replay<B: DrawingBackend>(
    scene: &Scene,
    sheet: &DrawingArea<B, Shift>,
    drop: impl Fn(&Type) -> i32,
) -> Result<(), OutputError> {
    let failed = |error: &dyn std::error::Error| OutputError::Chart(error.to_string());
    sheet.fill(&rgb(palette::PAPER)).map_err(|error| failed(&error))?;
    for mark in &scene.marks {
        match mark {
            Mark::Rectangle { from, to, fill } => sheet.draw(&Rectangle::new([*from, *to], filled(*fill))),
            Mark::Area { points, fill } => sheet.draw(&Polygon::new(points.as_slice(), filled(*fill))),
            Mark::Line { points, colour, width } => {
                let stroke = ShapeStyle { color: rgb(*colour).into(), filled: false, stroke_width: *width };
                sheet.draw(&PathElement::new(points.as_slice(), stroke))
            }
            Mark::Text { at: (x, y), text, style } => {
                sheet.draw(&Text::new(text.as_str(), (*x, *y + drop(style)), text_style(*style)))
            }
        }
        .map_err(|error| failed(&error))?;
    }
    sheet.present().map_err(|error| failed(&error))
}

fn rgb(Colour(red, green, blue): Colour) -> RGBColor {
    RGBColor(red, green, blue)
}

fn filled(colour: Colour) -> ShapeStyle {
    ShapeStyle { color: rgb(colour).into(), filled: true, stroke_width: 0 }
}

fn text_style(style: Type) -> TextStyle<'static> {
    let weight = match style.weight {
        Weight::Plain => FontStyle::Normal,
        Weight::Bold => FontStyle::Bold,
    };
    let across = match style.align {
        Align::Left => HPos::Left,
        Align::Centre => HPos::Center,
        Align::Right => HPos::Right,
    };
    let font = (FontFamily::Name(FONT), f64::from(style.size) * LINE_PER_EM, weight);
    let color = rgb(style.colour).to_backend_color();
    TextStyle { color, ..TextStyle::from(font) }.pos(Pos::new(across, VPos::Center))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_scene_makes_both_formats_and_text_is_escaped() {
        register_fonts().expect("fonts");
        let mut scene = Scene::new(40, 20, "a title");
        scene.rectangle((2, 2), (10, 10), palette::BLUE);
        scene.text((20, 10), "<b> & co", Type::new(12, palette::INK));
        assert!(svg(&scene).expect("SVG").contains("&lt;b&gt; &amp; co"));
        let bytes = png(&scene).expect("PNG");
        assert_eq!(bytes[1..4], *b"PNG");
        assert_eq!(bytes, png(&scene).expect("PNG"));
    }
}
