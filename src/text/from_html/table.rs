//! A table with a head and rows of the same length, as Markdown.

use super::inline::{self, Emphasis};
use super::tree::Element;

/// The table; `None` where Markdown has no way to write it.
pub fn written(table: &Element<'_>, emphasis: Emphasis) -> Option<String> {
    let mut rows = rows(table)?.into_iter();
    let head = rows.next()?;
    if !head.iter().all(|cell| cell.name == "th") {
        return None;
    }
    let marks = head.iter().map(|cell| match cell.attribute("align").as_deref() {
        Some("left") => ":--",
        Some("center") => ":-:",
        Some("right") => "--:",
        _ => "---",
    });
    let mut lines =
        vec![line(&head, emphasis)?, format!("| {} |", marks.collect::<Vec<_>>().join(" | "))];
    for row in rows {
        if row.len() != head.len() || !row.iter().all(|cell| cell.name == "td") {
            return None;
        }
        lines.push(line(&row, emphasis)?);
    }
    Some(lines.join("\n"))
}

/// The cells of each row.
fn rows<'a, 'h>(table: &'a Element<'h>) -> Option<Vec<Vec<&'a Element<'h>>>> {
    let mut rows = Vec::new();
    for part in table.elements()? {
        match part.name {
            "thead" | "tbody" | "tfoot" if part.is_bare() => rows.extend(part.elements()?),
            "tr" => rows.push(part),
            _ => return None,
        }
    }
    let is_row = |row: &&Element<'_>| row.name == "tr" && row.is_bare();
    rows.iter().all(is_row).then_some(())?;
    rows.into_iter().map(Element::elements).collect()
}

fn line(cells: &[&Element<'_>], emphasis: Emphasis) -> Option<String> {
    let mut written = Vec::new();
    for cell in cells {
        let is_plain = cell.attributes().all(|(name, _)| name == "align");
        let nodes: Vec<_> = cell.children.iter().collect();
        let text = inline::written(&nodes, emphasis)?;
        if !is_plain || text.contains('\n') {
            return None;
        }
        written.push(text.replace('|', "\\|"));
    }
    Some(format!("| {} |", written.join(" | ")))
}
