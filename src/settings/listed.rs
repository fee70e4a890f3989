use serde::Deserialize;

/// Some words: a list, or one text with commas between them.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Written")]
pub struct Listed(pub Vec<String>);

/// The two ways in which they may be written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    List(Vec<String>),
    Text(String),
}

impl From<Written> for Listed {
    fn from(written: Written) -> Listed {
        match written {
            Written::List(words) => Listed(words),
            Written::Text(text) => {
                let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
                Listed(words.map(str::to_owned).collect())
            }
        }
    }
}
