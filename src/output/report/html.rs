//! The little HTML the report needs. All text from users goes through [`escape`].

/// Text as text: what HTML would read as markup is written out.
pub(in crate::output) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Text,
    Number,
    Prose,
}

impl Column {
    const fn class(self) -> &'static str {
        match self {
            Self::Text => "",
            Self::Number => " class=\"n\"",
            Self::Prose => " class=\"wrap\"",
        }
    }
}

/// A table; headings and cells are plain text and are escaped here.
pub(super) fn table(columns: &[(impl AsRef<str>, Column)], rows: &[Vec<String>]) -> String {
    let mut out = String::from("<div class=\"sheet\"><table>\n<thead><tr>");
    for (heading, column) in columns {
        out.extend(["<th", column.class(), ">", &escape(heading.as_ref()), "</th>"]);
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (cell, (_, column)) in row.iter().zip(columns) {
            out.extend(["<td", column.class(), ">", &escape(cell), "</td>"]);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    out
}

/// A list of sentences, escaped.
pub(super) fn list(items: &[String]) -> String {
    let mut out = String::from("<ul class=\"notes\">\n");
    for item in items {
        out.extend(["<li>", &escape(item), "</li>\n"]);
    }
    out.push_str("</ul>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_cell_is_written_out() {
        let html = table(&[("a & b", Column::Number)], &[vec!["<img onerror='x'>".into()]]);
        assert!(html.contains("<th class=\"n\">a &amp; b</th>"));
        assert!(html.contains("<td class=\"n\">&lt;img onerror=&#39;x&#39;&gt;</td>"));
    }
}
