//! The templates of a theme, as far as they can be used: one that is broken is left out, and the built-in one stands in.

use super::templates::{Sources, chain};
use rocket_dyn_templates::tera::Tera;
use std::collections::BTreeSet;

/// The built-in templates with those of a theme in their place. What cannot be used is named in the log, a line each.
pub fn dressed(built_in: &Sources, theme: Sources) -> Sources {
    let mut all = built_in.clone();
    all.extend(theme.clone());
    if fault(&all).is_none() {
        return all;
    }
    let mut sound = built_in.clone();
    let mut waiting: Vec<_> = theme.into_iter().collect();
    // One may need another that comes after it.
    loop {
        let before = waiting.len();
        waiting.retain(|(name, source)| {
            let mut with = sound.clone();
            with.insert(name.clone(), source.clone());
            let is_sound = fault(&with).is_none();
            if is_sound {
                sound = with;
            }
            !is_sound
        });
        if waiting.len() == before {
            break;
        }
    }
    for (name, source) in waiting {
        let mut with = sound.clone();
        with.insert(name.clone(), source);
        let fault = fault(&with).unwrap_or_default();
        log::error!("the theme's {name} is not used, the built-in one stands in for it: {fault}");
    }
    sound
}

/// Why some templates cannot be used together.
fn fault(sources: &Sources) -> Option<String> {
    if let Some(name) = sources.keys().find(|name| includes_itself(name, sources)) {
        // It would be drawn until the stack is full, which ends the program.
        return Some(format!("{name} includes itself"));
    }
    Tera::default().add_raw_templates(sources).err().map(|error| chain(&error))
}

fn includes_itself(name: &str, sources: &Sources) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = included(name, sources);
    while let Some(next) = open.pop() {
        if next == name {
            return true;
        }
        if seen.insert(next.clone()) {
            open.extend(included(&next, sources));
        }
    }
    false
}

/// The templates that a template includes, by the names in quotation marks behind the word.
fn included(name: &str, sources: &Sources) -> Vec<String> {
    let source = sources.get(name).map(String::as_str).unwrap_or_default();
    let tags = source.split("{%").skip(1).filter_map(|rest| rest.split("%}").next());
    let inside =
        tags.filter_map(|tag| tag.trim_start_matches('-').trim_start().strip_prefix("include"));
    let names =
        inside.flat_map(|tag| tag.split(['"', '\'', '`']).skip(1).step_by(2).map(str::to_owned));
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(all: &[(&str, &str)]) -> Sources {
        all.iter().map(|(name, source)| ((*name).to_owned(), (*source).to_owned())).collect()
    }

    #[test]
    fn what_is_broken_is_left_out_and_the_rest_is_used() {
        let built_in = sources(&[("a.html", "old a"), ("b.html", "old b")]);
        let theme = sources(&[
            ("a.html", "{% if %}"),
            ("b.html", "{% extends \"new.html\" %}"),
            ("new.html", "new"),
        ]);
        let dressed = dressed(&built_in, theme);
        assert_eq!(dressed["a.html"], "old a");
        assert_eq!(dressed["b.html"], "{% extends \"new.html\" %}");
    }

    #[test]
    fn what_would_be_drawn_without_end_is_left_out() {
        let built_in = sources(&[("a.html", "old a"), ("b.html", "{% include \"a.html\" %}")]);
        let theme =
            sources(&[("a.html", "{%- include [\"x.html\", \"b.html\"] ignore missing %}")]);
        assert_eq!(dressed(&built_in, theme), built_in);
    }
}
