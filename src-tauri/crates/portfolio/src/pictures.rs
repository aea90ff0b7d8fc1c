//! Pictures for the page: what a camera or a screen made becomes plain pixels, no finer than a printer needs. Always
//! decoded and encoded again, so that nothing of what was written around them (a place, a name) goes along.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use crate::refusal::Reason;

/// A picture as it goes into a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// In pixels.
    pub(crate) pixels: (u32, u32),
    /// How large it wants to be, in points; never larger than [`ROOM`].
    pub(crate) size: (f32, f32),
    /// Shades of grey only.
    pub(crate) grey: bool,
    pub(crate) coding: Coding,
    /// A whole file.
    pub(crate) bytes: Vec<u8>,
}

/// How a picture's pixels are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    /// For photos.
    Jpeg,
    /// For drawings, logos and screens: not a pixel is lost.
    Png,
}

/// The most that a page has room for, in points.
const ROOM: (f32, f32) = (392.0, 554.0);

/// Nobody sees anything finer on paper.
const DOTS_PER_INCH: f32 = 200.0;
/// How large a pixel of a screen is, in points.
const SCREEN_PIXEL: f32 = 0.75;
/// More pixels than a camera's own pictures have; a file of a few bytes can promise as many as it likes.
const MOST_PIXELS: u64 = 64_000_000;
/// What decoding may take.
const MOST_MEMORY: u64 = 768 * 1024 * 1024;
const QUALITY: u8 = 85;

/// The format, if it is one that is shown.
pub(crate) fn format(bytes: &[u8]) -> Option<ImageFormat> {
    let format = image::guess_format(bytes).ok()?;
    matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP).then_some(format)
}

/// The name of a format that pictures have and that is not shown.
pub(crate) fn foreign_format(bytes: &[u8]) -> Option<&'static str> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return match bytes.get(8..12)? {
            b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1" => Some("HEIC"),
            b"avif" | b"avis" => Some("AVIF"),
            _ => None,
        };
    }
    match image::guess_format(bytes).ok()? {
        ImageFormat::Gif => Some("GIF"),
        ImageFormat::Tiff => Some("TIFF"),
        ImageFormat::Bmp => Some("BMP"),
        ImageFormat::Ico => Some("icon"),
        _ => None,
    }
}

/// Reads a picture of this format and makes it ready for the page.
pub(crate) fn read(bytes: &[u8], format: ImageFormat) -> Result<Picture, Reason> {
    if format == ImageFormat::Jpeg && !jpeg_ends(bytes) {
        return Err(Reason::Damaged);
    }
    let (image, orientation) = decoded(bytes, format)?;
    let turned = sideways(orientation);
    let (width, height) = if turned { (image.height(), image.width()) } else { (image.width(), image.height()) };
    let size = fitted((width as f32 * SCREEN_PIXEL, height as f32 * SCREEN_PIXEL), ROOM);
    let mut image = scaled(image, if turned { (size.1, size.0) } else { size });
    image.apply_orientation(orientation);
    of(&image, size, format != ImageFormat::Jpeg)
}

/// A picture of these pixels, this large in points; `exact` where they were never those of a photo.
pub(crate) fn of(image: &DynamicImage, size: (f32, f32), exact: bool) -> Result<Picture, Reason> {
    let grey = !image.color().has_color();
    let photo = jpeg(image)?;
    let exact = if exact { Some(png(image)?) } else { None };
    // Flat colours are smaller exact than as a photo; photos are many times larger.
    let (coding, bytes) = match exact {
        Some(exact) if exact.len() <= photo.len() * 2 => (Coding::Png, exact),
        _ => (Coding::Jpeg, photo),
    };
    Ok(Picture { pixels: (image.width(), image.height()), size, grey, coding, bytes })
}

/// A picture small enough to show beside its name, as a PNG or JPEG file, upright; nothing for what is no picture, or none
/// of those that are shown.
pub fn thumbnail(bytes: &[u8]) -> Option<Vec<u8>> {
    /// The longer side, in pixels: sharp at twice the size that a list shows it in.
    const SIDE: u32 = 160;
    let format = format(bytes)?;
    let (image, orientation) = decoded(bytes, format).ok()?;
    let mut image = if image.width().max(image.height()) > SIDE { image.thumbnail(SIDE, SIDE) } else { image };
    image.apply_orientation(orientation);
    if format == ImageFormat::Jpeg { jpeg(&image).ok() } else { png(&image).ok() }
}

/// How large a page of this size is shown, in points.
pub(crate) fn on_page(size: (f32, f32)) -> (f32, f32) {
    fitted(size, ROOM)
}

/// How fine pictures are.
pub(crate) fn dots_to_a_point() -> f32 {
    DOTS_PER_INCH / 72.0
}

/// The largest size of these proportions with room in `room`; never larger than it was.
pub(crate) fn fitted((width, height): (f32, f32), room: (f32, f32)) -> (f32, f32) {
    let scale = (room.0 / width).min(room.1 / height).min(1.0);
    (width * scale, height * scale)
}

/// Pixels as sRGB on white, and how they must be turned to stand upright.
fn decoded(bytes: &[u8], format: ImageFormat) -> Result<(DynamicImage, Orientation), Reason> {
    let mut decoder =
        ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(|error| reason(&error))?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Reason::Damaged);
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Reason::TooManyPixels(width, height));
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_MEMORY);
    decoder.set_limits(limits).map_err(|error| reason(&error))?;
    // A profile or a turn that cannot be read is no reason to leave the picture out.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(|error| reason(&error))?;
    let image = on_white(image);
    Ok((profile.and_then(|profile| as_srgb(&image, &profile)).unwrap_or(image), orientation))
}

/// Eight bits a channel, and white where one can see through.
fn on_white(image: DynamicImage) -> DynamicImage {
    let over = |shade: u8, alpha: u8| {
        let (shade, alpha) = (u16::from(shade), u16::from(alpha));
        ((shade * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    let colour = image.color();
    match (colour.has_color(), colour.has_alpha()) {
        (true, false) => image.into_rgb8().into(),
        (false, false) => image.into_luma8().into(),
        (true, true) => {
            let image = image.into_rgba8();
            image::RgbImage::from_fn(image.width(), image.height(), |x, y| {
                let [r, g, b, alpha] = image.get_pixel(x, y).0;
                image::Rgb([over(r, alpha), over(g, alpha), over(b, alpha)])
            })
            .into()
        }
        (false, true) => {
            let image = image.into_luma_alpha8();
            image::GrayImage::from_fn(image.width(), image.height(), |x, y| {
                let [shade, alpha] = image.get_pixel(x, y).0;
                image::Luma([over(shade, alpha)])
            })
            .into()
        }
    }
}

/// The same colours in sRGB: telephones write another space, and say so in a profile. A grey picture stays as it is.
fn as_srgb(image: &DynamicImage, profile: &[u8]) -> Option<DynamicImage> {
    let pixels = image.as_rgb8()?;
    let profile = ColorProfile::new_from_slice(profile).ok().filter(|own| own.color_space == DataColorSpace::Rgb)?;
    let to = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(Layout::Rgb, &to, Layout::Rgb, TransformOptions::default()).ok()?;
    let mut out = image::RgbImage::new(pixels.width(), pixels.height());
    transform.transform(pixels, &mut out).ok()?;
    Some(out.into())
}

/// No more pixels than it takes to print it this large.
fn scaled(image: DynamicImage, (width, height): (f32, f32)) -> DynamicImage {
    let dots = |points: f32, most: u32| ((points / 72.0 * DOTS_PER_INCH).ceil() as u32).clamp(1, most);
    let to = (dots(width, image.width()), dots(height, image.height()));
    if to == (image.width(), image.height()) {
        return image;
    }
    image.resize_exact(to.0, to.1, imageops::FilterType::CatmullRom)
}

fn sideways(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

fn jpeg(image: &DynamicImage) -> Result<Vec<u8>, Reason> {
    let mut out = Vec::new();
    encoded(image, JpegEncoder::new_with_quality(&mut out, QUALITY))?;
    Ok(out)
}

fn png(image: &DynamicImage) -> Result<Vec<u8>, Reason> {
    let mut out = Vec::new();
    encoded(image, PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive))?;
    Ok(out)
}

fn encoded(image: &DynamicImage, encoder: impl ImageEncoder) -> Result<(), Reason> {
    let (width, height) = (image.width(), image.height());
    encoder.write_image(image.as_bytes(), width, height, image.color().into()).map_err(|error| reason(&error))
}

fn reason(error: &image::ImageError) -> Reason {
    match error {
        image::ImageError::Limits(_) => Reason::TooLarge,
        _ => Reason::Damaged,
    }
}

/// Whether a JPEG has its end. The decoder would fill a cut one up with grey.
fn jpeg_ends(bytes: &[u8]) -> bool {
    // A small preview before the first scan has an end of its own.
    let (_, scans) = segments(bytes);
    end_of(scans).is_some()
}

/// Where the scans of a JPEG end, and with them the picture: more may follow, such as a film or another picture.
fn end_of(scans: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some([first, kind]) = scans.get(at..at + 2) {
        at += match (first, kind) {
            (0xff, 0xd9) => return Some(at + 2),
            (0xff, 0xc0..=0xcf | 0xda..=0xfe) => {
                2 + usize::from(u16::from_be_bytes([*scans.get(at + 2)?, *scans.get(at + 3)?]))
            }
            _ => 1,
        };
    }
    None
}

/// A JPEG without what is said about the picture: where it was taken, with what, and a small copy of it. The pixels
/// stay as they are.
pub(crate) fn without_words(bytes: &[u8]) -> Vec<u8> {
    let (segments, scans) = segments(bytes);
    if scans.is_empty() {
        return bytes.to_vec();
    }
    // How colours are written down is said in the one that stays.
    let is_word = |kind: u8| matches!(kind, 0xe1..=0xed | 0xef | 0xfe);
    let kept = segments.into_iter().filter(|(kind, _)| !is_word(*kind)).map(|(_, segment)| segment);
    let scans = &scans[..end_of(scans).unwrap_or(scans.len())];
    [&bytes[..2]].into_iter().chain(kept).chain([scans]).collect::<Vec<_>>().concat()
}

/// What stands before a JPEG's first scan, each with its kind, and everything from there on.
fn segments(bytes: &[u8]) -> (Vec<(u8, &[u8])>, &[u8]) {
    let mut out = Vec::new();
    let mut at = 2;
    while let Some([0xff, kind, high, low]) = bytes.get(at..at + 4) {
        let length = match kind {
            0xda => return (out, &bytes[at..]),
            0xff => 1,
            0x01 | 0xd0..=0xd8 => 2,
            _ => 2 + usize::from(u16::from_be_bytes([*high, *low])),
        };
        out.extend(bytes.get(at..at + length).map(|segment| (*kind, segment)));
        at += length;
    }
    (out, &[])
}

impl Picture {
    /// The media type of its bytes.
    pub(crate) fn media_type(&self) -> &'static str {
        match self.coding {
            Coding::Jpeg => "image/jpeg",
            Coding::Png => "image/png",
        }
    }
}
