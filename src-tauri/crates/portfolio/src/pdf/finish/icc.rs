//! The sRGB colour profile, written out from the numbers of the standard (IEC 61966-2-1) in the form of ICC.1:2010.

/// Signed fixed-point, sixteen bits before and after the point.
#[allow(clippy::cast_possible_truncation, reason = "the standard's numbers are small")]
fn fixed(number: f64) -> [u8; 4] {
    ((number * 65536.0).round() as i32).to_be_bytes()
}

fn numbers(kind: &[u8; 4], numbers: &[f64]) -> Vec<u8> {
    let mut out = [kind.as_slice(), &[0; 4]].concat();
    out.extend(numbers.iter().flat_map(|number| fixed(*number)));
    out
}

/// Words in one language.
fn words(text: &str) -> Vec<u8> {
    let mut out = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenGB".to_vec();
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    out.extend((units.len() as u32).to_be_bytes());
    out.extend(28_u32.to_be_bytes());
    out.extend(units);
    out
}

/// The curve of every channel: a straight beginning, then a power.
fn curve() -> Vec<u8> {
    let mut out = b"para\0\0\0\0\0\x03\0\0".to_vec();
    for number in [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045] {
        out.extend(fixed(number));
    }
    out
}

/// The profile. Primaries and white are as seen under D50, to which the matrix of `chad` takes those of D65.
pub(super) fn srgb() -> Vec<u8> {
    let matrix = [1.047_882, 0.022_919, -0.050_201, 0.029_587, 0.990_479, -0.017_059, -0.009_232, 0.015_076, 0.751_678];
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", words("sRGB")),
        (b"cprt", words("No copyright, use freely")),
        (b"wtpt", numbers(b"XYZ ", &[0.964_203, 1.0, 0.824_905])),
        (b"chad", numbers(b"sf32", &matrix)),
        (b"rXYZ", numbers(b"XYZ ", &[0.436_066, 0.222_488, 0.013_916])),
        (b"gXYZ", numbers(b"XYZ ", &[0.385_147, 0.716_873, 0.097_076])),
        (b"bXYZ", numbers(b"XYZ ", &[0.143_066, 0.060_608, 0.714_096])),
        (b"rTRC", curve()),
        (b"gTRC", curve()),
    ];
    let mut table = (tags.len() as u32 + 1).to_be_bytes().to_vec();
    let mut data = Vec::new();
    let start = 128 + 4 + 12 * (tags.len() + 1);
    for (name, bytes) in &tags {
        table.extend(name.as_slice());
        table.extend(((start + data.len()) as u32).to_be_bytes());
        table.extend((bytes.len() as u32).to_be_bytes());
        data.extend(bytes);
        data.resize(data.len().next_multiple_of(4), 0);
        if *name == b"gTRC" {
            // Blue has the same curve.
            let same = table[table.len() - 8..].to_vec();
            table.extend(b"bTRC");
            table.extend(same);
        }
    }
    let mut out = Vec::with_capacity(start + data.len());
    out.extend(((start + data.len()) as u32).to_be_bytes());
    // No preferred engine; version 4.2; a display; from RGB to XYZ; 1 January 2026.
    out.extend(b"\0\0\0\0\x04\x20\0\0mntrRGB XYZ \x07\xea\0\x01\0\x01\0\0\0\0\0\0acsp");
    out.resize(68, 0);
    out.extend([0.964_203, 1.0, 0.824_905].into_iter().flat_map(fixed));
    out.resize(128, 0);
    out.extend(table);
    out.extend(data);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_whole() {
        let profile = srgb();
        assert_eq!(u32::from_be_bytes(profile[..4].try_into().unwrap()) as usize, profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        assert!(profile.len() < 700, "{}", profile.len());
        let count = u32::from_be_bytes(profile[128..132].try_into().unwrap()) as usize;
        for tag in profile[132..132 + 12 * count].chunks(12) {
            let [at, len] = [4, 8].map(|i| u32::from_be_bytes(tag[i..i + 4].try_into().unwrap()) as usize);
            assert!(at % 4 == 0 && at + len <= profile.len());
        }
        // Primaries add up to white.
        let sum = |row: usize| {
            [0.436_066, 0.385_147, 0.143_066, 0.222_488, 0.716_873, 0.060_608][row..row + 3].iter().sum::<f64>()
        };
        assert!((sum(0) - 0.9643).abs() < 0.0005 && (sum(3) - 1.0).abs() < 0.0005);
    }
}
