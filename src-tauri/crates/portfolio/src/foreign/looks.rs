//! What stands on a page as a note or the field of a form: how it looks is drawn with the page, for a name filled in is
//! part of a certificate; what it could do is left behind.

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::resolve;

/// What belongs to the page as it is printed. Links, comments and sounds do not.
const PRINTED: &str = "Widget FreeText Stamp Ink Square Circle Line Highlight Underline StrikeOut Squiggly Polygon PolyLine \
     Caret Watermark";
const HIDDEN: i64 = 2;
const NOT_VIEWED: i64 = 32;

/// Something that stands on a page.
pub(super) struct Look {
    /// What draws it.
    pub(super) form: ObjectId,
    /// Where to.
    pub(super) matrix: [f32; 6],
}

/// Everything that stands on a page, in order.
pub(super) fn of(pdf: &Pdf, annotations: &Object) -> Vec<Look> {
    let Object::Array(annotations) = annotations else { return Vec::new() };
    annotations.iter().take(2_000).filter_map(|annotation| look(pdf, resolve(annotation, &pdf.objects))).collect()
}

fn look(pdf: &Pdf, annotation: &Object) -> Option<Look> {
    let annotation = annotation.as_dict().ok()?;
    let get = |from: &Dictionary, key: &[u8]| from.get(key).ok().map(|value| resolve(value, &pdf.objects).clone());
    let kind = annotation.get(b"Subtype").and_then(Object::as_name).ok()?;
    let flags = get(annotation, b"F").and_then(|flags| flags.as_i64().ok()).unwrap_or(0);
    if !PRINTED.split(' ').any(|known| known.as_bytes() == kind) || flags & (HIDDEN | NOT_VIEWED) != 0 {
        return None;
    }
    let looks = get(annotation, b"AP")?.as_dict().ok()?.clone();
    let form = match get(&looks, b"N")? {
        Object::Stream(_) => looks.get(b"N").and_then(Object::as_reference).ok()?,
        Object::Dictionary(states) => {
            let state = get(annotation, b"AS")?;
            states.get(state.as_name().ok()?).and_then(Object::as_reference).ok()?
        }
        _ => return None,
    };
    let stream = pdf.objects.get(&form)?.as_stream().ok()?;
    let numbers = |from: Object| -> Option<Vec<f32>> {
        from.as_array().ok()?.iter().map(|number| resolve(number, &pdf.objects).as_float().ok()).collect()
    };
    let [a, b, c, d] = <[f32; 4]>::try_from(numbers(get(annotation, b"Rect")?)?).ok()?;
    let [left, bottom, right, top] = [a.min(c), b.min(d), a.max(c), b.max(d)];
    let sides = <[f32; 4]>::try_from(numbers(get(&stream.dict, b"BBox")?)?).ok()?;
    let own = get(&stream.dict, b"Matrix").and_then(numbers).and_then(|numbers| <[f32; 6]>::try_from(numbers).ok());
    let own = own.unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    // The smallest upright rectangle round what it draws is put onto the place it has on the page.
    let corners = [(0, 1), (2, 1), (2, 3), (0, 3)].map(|(x, y)| {
        let (x, y) = (sides[x], sides[y]);
        (own[0] * x + own[2] * y + own[4], own[1] * x + own[3] * y + own[5])
    });
    let least = corners.iter().fold((f32::MAX, f32::MAX), |least, (x, y)| (least.0.min(*x), least.1.min(*y)));
    let most = corners.iter().fold((f32::MIN, f32::MIN), |most, (x, y)| (most.0.max(*x), most.1.max(*y)));
    let scale = ((right - left) / (most.0 - least.0), (top - bottom) / (most.1 - least.1));
    let matrix = [scale.0, 0.0, 0.0, scale.1, left - least.0 * scale.0, bottom - least.1 * scale.1];
    matrix.iter().all(|number| number.is_finite()).then_some(Look { form, matrix })
}
