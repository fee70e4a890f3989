use std::fmt::{Display, Write};

/// Numbers on their way to Prometheus.
#[derive(Default)]
pub struct Text(pub String);

impl Text {
    /// Begins with the samples of `name`.
    pub fn family(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a string does not fail.
        let _ = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
    }

    /// One number.
    pub fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        self.0.push_str(name);
        for (n, (label, value)) in labels.iter().enumerate() {
            let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            let _ = write!(self.0, "{}{label}=\"{value}\"", if n == 0 { '{' } else { ',' });
        }
        let end = if labels.is_empty() { "" } else { "}" };
        let _ = writeln!(self.0, "{end} {value}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_stays_a_label_whatever_is_in_it() {
        let mut text = Text::default();
        text.sample("a", &[("b", "x\"} 1\n\\"), ("c", "")], 2);
        assert_eq!(text.0, "a{b=\"x\\\"} 1\\n\\\\\",c=\"\"} 2\n");
    }
}
