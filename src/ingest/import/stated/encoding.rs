//! How the letters of text files are stored.

/// How the letters of a text file are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// Windows, Central Europe.
    Windows1250,
    /// Windows, Western Europe and America.
    Windows1252,
    /// ISO 8859-2, Central Europe.
    Iso88592,
}

impl Encoding {
    /// Its name, as in the settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1250 => "windows-1250",
            Self::Windows1252 => "windows-1252",
            Self::Iso88592 => "iso-8859-2",
        }
    }
}
