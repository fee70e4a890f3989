use super::text::Text;
use std::time::Duration;

/// How many took how long.
#[derive(Default)]
pub struct Histogram {
    counts: [u64; MOST.len()],
    count: u64,
    sum: Duration,
}

/// The most seconds that each step counts; what takes longer is only in the whole.
const MOST: [&str; 13] = [
    "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1",
    "2.5", "10",
];
/// The same in microseconds.
const MICROS: [u128; MOST.len()] = [
    500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
    10_000_000,
];

impl Histogram {
    /// One more.
    pub fn add(&mut self, took: Duration) {
        self.count += 1;
        self.sum += took;
        let step = MICROS.iter().position(|most| took.as_micros() <= *most);
        if let Some(count) = step.and_then(|step| self.counts.get_mut(step)) {
            *count += 1;
        }
    }

    /// Its samples, under `name` and with `label`.
    pub fn write(&self, text: &mut Text, name: &str, label: (&str, &str)) {
        let bucket = format!("{name}_bucket");
        let mut so_far = 0;
        for (most, count) in MOST.iter().zip(self.counts) {
            so_far += count;
            text.sample(&bucket, &[label, ("le", most)], so_far);
        }
        text.sample(&bucket, &[label, ("le", "+Inf")], self.count);
        text.sample(&format!("{name}_sum"), &[label], self.sum.as_secs_f64());
        text.sample(&format!("{name}_count"), &[label], self.count);
    }
}
