//! What stands on a page as a note or the field of a form: how it looks is drawn with the page, for a name filled in is
//! part of a certificate; what it could do is left behind.

use lopdf::{Document as Pdf, Object, ObjectId};

use super::fields::{Mark, Says};
use super::{MOST_MARKS, resolve};

/// Something that stands on a page.
pub(super) struct Look {
    /// What draws it.
    pub(super) form: ObjectId,
    /// Where to.
    pub(super) matrix: [f32; 6],
}

/// Everything that stands on a page, in order, and the kinds of what should be seen and cannot be drawn.
pub(super) fn of(pdf: &Pdf, annotations: &Object) -> (Vec<Look>, Vec<String>) {
    let annotations = annotations.as_array().map_or(&[][..], Vec::as_slice).iter().take(MOST_MARKS);
    let (mut looks, mut lost) = (Vec::new(), Vec::new());
    for mark in annotations.filter_map(|annotation| Mark::seen(pdf, annotation)) {
        match look(&mark) {
            Some(look) => looks.push(look),
            // A field that nobody filled in, and a note whose look is to have none, show nothing.
            None if mark.kind == "Widget" && mark.says() == Says::Nothing => {}
            None if mark.get(b"AP").is_some() && !mark.lacks_look() => {}
            None => lost.push(mark.kind.to_owned()),
        }
    }
    (looks, lost)
}

fn look(mark: &Mark<'_>) -> Option<Look> {
    let looks = mark.get(b"AP")?.as_dict().ok()?;
    let form = match resolve(looks.get(b"N").ok()?, &mark.pdf.objects) {
        Object::Stream(_) => looks.get(b"N").and_then(Object::as_reference).ok()?,
        Object::Dictionary(states) => {
            let state = mark.get(b"AS")?;
            states.get(state.as_name().ok()?).and_then(Object::as_reference).ok()?
        }
        _ => return None,
    };
    let stream = mark.pdf.objects.get(&form)?.as_stream().ok()?;
    let get = |key: &[u8]| stream.dict.get(key).ok().map(|value| resolve(value, &mark.pdf.objects));
    let [left, bottom, right, top] = mark.place()?;
    let sides = <[f32; 4]>::try_from(mark.numbers(get(b"BBox")?)?).ok()?;
    let own = get(b"Matrix").and_then(|own| mark.numbers(own)).and_then(|numbers| <[f32; 6]>::try_from(numbers).ok());
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
