//! TOML with every value on a line of its own: the line that ends front matter stands nowhere inside it, whatever a text
//! says.

use toml::{Table, Value};

/// The keys and tables of `table`, in their order.
pub fn write(table: &Table) -> String {
    let mut out = String::new();
    section(&mut out, &[], table);
    out
}

fn section(out: &mut String, path: &[String], table: &Table) {
    let (tables, values): (Vec<_>, Vec<_>) = table.iter().partition(|(_, value)| value.is_table());
    if !path.is_empty() && (!values.is_empty() || tables.is_empty()) {
        out.push_str(&format!("\n[{}]\n", path.join(".")));
    }
    for (key, value) in values {
        out.push_str(&format!("{} = {}\n", name(key), in_line(value)));
    }
    for (key, value) in tables {
        let path = [path, &[name(key)]].concat();
        value.as_table().into_iter().for_each(|table| section(out, &path, table));
    }
}

fn in_line(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(values) => {
            format!("[{}]", values.iter().map(in_line).collect::<Vec<_>>().join(", "))
        }
        Value::Table(table) => {
            let pairs =
                table.iter().map(|(key, value)| format!("{} = {}", name(key), in_line(value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn name(key: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    match !key.is_empty() && key.bytes().all(is_plain) {
        true => key.to_owned(),
        false => quoted(key),
    }
}

/// A basic string is written as in JSON, but for DEL (TOML 1.0, "String").
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_the_same_and_no_line_ends_it() {
        let text = "a = 1\n'b c' = \"x\\n+++\\n\\u0001\\u007F\\\"\\\\\"\nd = [1.5, [true, { e = 'f', '' = [] }]]\n\
            [g]\n[g.h]\ni = 1979-05-27T07:32:00Z\n['j.k']\nl = {}\nm = -inf\n";
        let table: Table = toml::from_str(text).unwrap();
        let written = write(&table);
        assert_eq!(toml::from_str::<Table>(&written).unwrap(), table, "{written}");
        assert!(written.lines().all(|line| line != "+++"), "{written}");
    }
}
