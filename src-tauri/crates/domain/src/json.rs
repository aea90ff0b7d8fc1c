//! JSON as others write it: read within a budget, and with no key twice in one object, of which one would be lost in
//! silence.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Reads a text that holds one value, of up to `most` values within one another; says how many there were.
///
/// # Errors
/// Where it is no JSON; where there are more values, or an object names a key twice, with an error of the category
/// [`serde_json::error::Category::Data`].
pub fn read(text: &str, most: usize) -> Result<(Value, usize), serde_json::Error> {
    let budget = Budget { most, left: Cell::new(most) };
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = budget.deserialize(&mut reader)?;
    reader.end()?;
    Ok((value, most - budget.left.get()))
}

/// What is wrong, without the place, which is told apart.
#[must_use]
pub fn what_is_wrong(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rfind(" at line ").map_or(text.clone(), |end| text[..end].to_owned())
}

struct Budget {
    most: usize,
    left: Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for &Budget {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        let left = self.left.get().checked_sub(1);
        let left = left.ok_or_else(|| D::Error::custom(format!("there are more than {} values in it", self.most)))?;
        self.left.set(left);
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &Budget {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if object.contains_key(&key) {
                return Err(A::Error::custom(format!(
                    "\"{key}\" stands twice in one object: leave one of the two out"
                )));
            }
            object.insert(key, entries.next_value_seed(self)?);
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_what_serde_json_reads() {
        let text = r#"{"a":[null,true,-1,18446744073709551615,1.5,1e300,"é\n"],"b":{"a":{}},"":"twice is not here"}"#;
        let (value, values) = read(text, 100).unwrap();
        assert_eq!((value, values), (serde_json::from_str(text).unwrap(), 12));
        assert!(read("[1] 2", 100).unwrap_err().is_syntax());
    }

    #[test]
    fn a_key_twice_and_too_much_are_told() {
        let error = read(r#"{"a":1,"b":{"c":1,"c":2}}"#, 100).unwrap_err();
        assert!(error.is_data() && what_is_wrong(&error).starts_with("\"c\" stands twice"), "{error}");
        assert_eq!(read("[1,2]", 3).unwrap().1, 3);
        assert!(read("[1,2]", 2).unwrap_err().is_data());
    }
}
