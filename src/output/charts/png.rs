//! PNG (ISO/IEC 15948): eight-bit RGB, each line filtered by `Up`, one `IDAT`.
//! Charts are flat: the fastest compression packs them nearly as well as the best.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
const RGB: u8 = 2;
const FILTER_UP: u8 = 2;

/// The file of an image of `width × height` pixels, three bytes each, top line first.
///
/// # Errors
/// When the compressor fails, which it does not in memory.
pub(super) fn encode(pixels: &[u8], width: u32, height: u32) -> std::io::Result<Vec<u8>> {
    let mut header = Vec::with_capacity(13);
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, RGB, 0, 0, 0]);
    let mut file = SIGNATURE.to_vec();
    chunk(&mut file, *b"IHDR", &header);
    chunk(&mut file, *b"IDAT", &compressed(pixels, width as usize * 3)?);
    chunk(&mut file, *b"IEND", &[]);
    Ok(file)
}

fn compressed(pixels: &[u8], line: usize) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let mut above = vec![0; line];
    let mut filtered = Vec::with_capacity(line + 1);
    for row in pixels.chunks_exact(line) {
        filtered.clear();
        filtered.push(FILTER_UP);
        filtered.extend(row.iter().zip(&above).map(|(here, up)| here.wrapping_sub(*up)));
        encoder.write_all(&filtered)?;
        above.copy_from_slice(row);
    }
    encoder.finish()
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(data);
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    file.extend(length.to_be_bytes());
    file.extend(kind);
    file.extend(data);
    file.extend(crc.sum().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn pixels_come_back() {
        // Two lines of two pixels: the second line is stored as its difference from the first.
        let pixels = [1, 2, 3, 4, 5, 6, 2, 2, 3, 4, 5, 5];
        let file = encode(&pixels, 2, 2).expect("a file");
        assert_eq!(file[..8], SIGNATURE);
        assert_eq!(file[12..16], *b"IHDR");
        let length = u32::from_be_bytes([file[33], file[34], file[35], file[36]]) as usize;
        let mut raw = Vec::new();
        flate2::read::ZlibDecoder::new(&file[41..41 + length]).read_to_end(&mut raw).expect("inflated");
        assert_eq!(raw, [2, 1, 2, 3, 4, 5, 6, 2, 1, 0, 0, 0, 0, 255]);
    }
}
