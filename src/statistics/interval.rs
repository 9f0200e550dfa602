//! How far a rate can be trusted.

/// The 95 % point of the normal distribution, two-sided.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % score interval of a share, `[low, high]` in 0..=1; `None` when `n` is 0.
pub fn wilson(count: usize, n: usize) -> Option<[f64; 2]> {
    if n == 0 {
        return None;
    }
    let (n, share) = (n as f64, count as f64 / n as f64);
    let scale = 1.0 + Z * Z / n;
    let centre = share + Z * Z / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    Some([((centre - spread) / scale).max(0.0), ((centre + spread) / scale).min(1.0)])
}

#[cfg(test)]
mod tests {
    use super::wilson;

    /// Against published values: 81 of 263 (Newcombe, 1998, table I).
    #[test]
    fn the_interval_is_the_published_one() {
        let [low, high] = wilson(81, 263).unwrap();
        assert_eq!((format!("{low:.4}"), format!("{high:.4}")), ("0.2553".into(), "0.3662".into()));
        let [low, high] = wilson(0, 20).unwrap();
        assert_eq!((format!("{low:.4}"), format!("{high:.4}")), ("0.0000".into(), "0.1611".into()));
    }

    #[test]
    fn nothing_has_no_interval() {
        assert_eq!(wilson(0, 0), None);
    }
}
