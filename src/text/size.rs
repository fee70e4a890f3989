/// So many bytes, as exact as it needs to be.
pub fn size_in_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", (bytes + 500) / 1_000),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_as_exact_as_it_needs_to_be() {
        assert_eq!(
            [0, 999, 1_499, 1_234_567, 5_000_000_000].map(size_in_words),
            ["0 bytes", "999 bytes", "1 kB", "1.2 MB", "5.0 GB"]
        );
    }
}
