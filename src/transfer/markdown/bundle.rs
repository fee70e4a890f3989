//! Brings the pictures and files that lie beside a post, or elsewhere in the imported folder.

use super::cover::Cover;
use super::file::Picture;
use super::links::{Texts, leads_to_text};
use super::pictures::leads_to_file;
use crate::blog::Media;
use crate::transfer::folder::{Folder, copy_file};
use crate::transfer::intake::{Intake, Unbrought};
use crate::transfer::{Error, Sort};
use percent_encoding::percent_decode_str;
use std::path::PathBuf;

/// Where generators keep what they serve from the root of a site.
const ROOTS: [&str; 5] = ["", "static/", "assets/", "public/", "content/"];

/// Puts the pictures and files of the file at `path` into the blog, and their new addresses and those of other texts into
/// its own; what there is to say of links that lead nowhere.
pub fn bring(
    intake: &mut Intake<'_>,
    folder: &Folder,
    texts: &mut Texts<'_>,
    path: &str,
    pictures: &[Picture],
    content: &mut String,
) -> Result<Vec<String>, Error> {
    // From the end, so that the places of those before stay.
    let (mut missing, mut notes) = (Vec::new(), Vec::new());
    for picture in pictures.iter().rev() {
        if leads_to_text(&picture.address) {
            match texts.lead(path, &picture.address) {
                Ok(address) => content.replace_range(picture.at.clone(), &address),
                Err(reason) => {
                    let (line, address) = (picture.line, &picture.address);
                    notes.push(format!(
                        "Line {line}: the link to `{address}` {reason}; it stays as it is."
                    ));
                }
            }
            continue;
        }
        match fetch(intake, folder, path, &picture.address, "")? {
            Ok(media) => content.replace_range(picture.at.clone(), &media.url()),
            Err(reason) => {
                let (line, address) = (picture.line, &picture.address);
                missing.push(format!("{path}, line {line}: {address} ({reason})"));
            }
        }
    }
    intake.report.pictures.extend(missing.into_iter().rev());
    notes.reverse();
    Ok(notes)
}

/// The picture that stands for a post comes first, unless the text shows it anyway.
pub fn show(
    intake: &mut Intake<'_>,
    folder: &Folder,
    path: &str,
    cover: &Cover,
    content: &mut String,
) -> Result<(), Error> {
    let address = &cover.address;
    let brought = match () {
        () if address.contains("//") => Err("it is on another host".to_owned()),
        () if leads_to_file(address) => fetch(intake, folder, path, address, &cover.alt)?,
        () => return Ok(()),
    };
    match brought {
        Ok(media) if content.contains(&media.digest) => {}
        Ok(media) => content.insert_str(0, &format!("{}\n\n", media.markdown(&cover.alt))),
        Err(reason) => intake.report.pictures.push(format!("{path}: {address} ({reason})")),
    }
    Ok(())
}

fn fetch(
    intake: &mut Intake<'_>,
    folder: &Folder,
    path: &str,
    address: &str,
    alt: &str,
) -> Result<Result<Media, Unbrought>, Error> {
    let brought = match find(folder, path, address) {
        None => Err("it is not in the imported folder".to_owned()),
        Some(found) => {
            let most = intake.plan().largest_file;
            let name = found.file_name().unwrap_or_default().to_string_lossy().into_owned();
            intake.bring(None, &name, alt, |to| copy_file(&found, to, most))?
        }
    };
    let count = intake.report.count(Sort::Files);
    count.found += 1;
    match &brought {
        Ok(_) => count.imported += 1,
        Err(_) => count.left_out += 1,
    }
    Ok(brought)
}

/// The file that `address` in the text at `path` means.
fn find(folder: &Folder, path: &str, address: &str) -> Option<PathBuf> {
    let address = address.split(['?', '#']).next()?;
    let address = percent_decode_str(address).decode_utf8().ok()?;
    let address = match address.strip_prefix("{{") {
        // Jekyll's and Hugo's name for the root of the site; what was HTML has codes for its braces.
        Some(variable) => variable.split_once("}}")?.1,
        None => &address,
    };
    let beside = path.rsplit_once('/').map_or("", |(beside, _)| beside);
    let relative = (!address.starts_with('/')).then(|| format!("{beside}/{address}"));
    let from_root = ROOTS.iter().map(|root| format!("{root}{}", address.trim_start_matches('/')));
    relative.into_iter().chain(from_root).find_map(|place| folder.find(&place))
}
