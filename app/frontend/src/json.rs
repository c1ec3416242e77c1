//! JSON, read by the browser's own parser into its own tree, and from there into our types. A pad
//! reads some forty types, and serde's way out of a text or of an unknown tree costs each of them
//! two to four times the code: this reader knows that a struct is an object, tells a field by its
//! place instead of its name, and says of a misfit only that it is one.

use js_sys::{Array, ArrayIntoIter, JSON, Number, Object, Reflect};
use serde::Serialize;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer,
    MapAccess, SeqAccess, VariantAccess, Visitor,
};
use std::fmt::{self, Display};
use std::mem::replace;
use wasm_bindgen::{JsCast, JsValue};

/// `None` where the text is no JSON, or is not of this shape.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(Tree(JSON::parse(text).ok()?)).ok()
}

pub fn write<T: Serialize + ?Sized>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}

/// The tree is not of the shape that was asked for.
#[derive(Debug)]
struct Misfit;

impl std::error::Error for Misfit {}

impl Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("another shape")
    }
}

impl Error for Misfit {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

type Read<T> = Result<T, Misfit>;

/// A value as the browser's parser left it.
struct Tree(JsValue);

impl Tree {
    /// JSON knows one kind of number. All of ours are whole and below 2^53, so none was rounded.
    fn number(&self) -> Read<f64> {
        let number = self.0.as_f64().ok_or(Misfit)?;
        let is_whole = number.fract() == 0.0 && number.abs() <= Number::MAX_SAFE_INTEGER;
        is_whole.then_some(number).ok_or(Misfit)
    }

    fn text(&self) -> Read<String> {
        self.0.as_string().ok_or(Misfit)
    }

    fn items(self) -> Read<Items> {
        let array: Array = self.0.dyn_into().map_err(|_| Misfit)?;
        Ok(Items(array.into_iter()))
    }

    fn object(self) -> Read<Object> {
        self.0.dyn_into().map_err(|_| Misfit)
    }

    fn entries(self) -> Read<Entries> {
        let entries = Object::entries(&self.object()?).into_iter();
        Ok(Entries {
            entries,
            value: JsValue::NULL,
        })
    }
}

/// Each of these asks for a kind and gets that or nothing.
macro_rules! kinds {
    ($($ask:ident, $visit:ident, $read:expr;)*) => {$(
        fn $ask<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
            let read: fn(Self) -> Read<_> = $read;
            visitor.$visit(read(self)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Tree {
    type Error = Misfit;

    kinds! {
        deserialize_bool, visit_bool, |tree| tree.0.as_bool().ok_or(Misfit);
        deserialize_u8, visit_u64, unsigned;
        deserialize_u16, visit_u64, unsigned;
        deserialize_u32, visit_u64, unsigned;
        deserialize_u64, visit_u64, unsigned;
        deserialize_i8, visit_i64, signed;
        deserialize_i16, visit_i64, signed;
        deserialize_i32, visit_i64, signed;
        deserialize_i64, visit_i64, signed;
        deserialize_char, visit_string, |tree| tree.text();
        deserialize_str, visit_string, |tree| tree.text();
        deserialize_string, visit_string, |tree| tree.text();
        deserialize_identifier, visit_string, |tree| tree.text();
        deserialize_seq, visit_seq, Tree::items;
        deserialize_map, visit_map, Tree::entries;
    }

    /// For types that take what comes; the pad's own shapes ask for what they expect.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if let Some(flag) = self.0.as_bool() {
            visitor.visit_bool(flag)
        } else if self.0.is_string() {
            visitor.visit_string(self.text()?)
        } else if self.0.as_f64().is_some() {
            visitor.visit_i64(signed(self)?)
        } else if Array::is_array(&self.0) {
            visitor.visit_seq(self.items()?)
        } else if self.0.is_object() {
            visitor.visit_map(self.entries()?)
        } else {
            visitor.visit_unit()
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.0.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_map(Fields {
            object: self.object()?,
            names,
            next: 0,
            value: JsValue::NULL,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        let (name, content) = match self.text() {
            Ok(name) => (name, JsValue::NULL),
            Err(_) => {
                let entries = Object::entries(&self.object()?);
                // What has more than one name is no variant.
                if entries.length() != 1 {
                    return Err(Misfit);
                }
                let entry: Array = entries.get(0).unchecked_into();
                (Tree(entry.get(0)).text()?, entry.get(1))
            }
        };
        let place = names.iter().position(|known| *known == name);
        visitor.visit_enum(Choice {
            place: place_in(place),
            content,
        })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        f32 f64 i128 u128 bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

fn unsigned(tree: Tree) -> Read<u64> {
    let number = tree.number()?;
    (0.0 <= number).then_some(number as u64).ok_or(Misfit)
}

fn signed(tree: Tree) -> Read<i64> {
    Ok(tree.number()? as i64)
}

/// The derived readers know their fields and variants by place as well as by name.
fn place_in(place: Option<usize>) -> u32 {
    place.map_or(u32::MAX, |place| place as u32)
}

/// A variant, told by its place, and what it holds.
struct Choice {
    place: u32,
    content: JsValue,
}

impl<'de> EnumAccess<'de> for Choice {
    type Error = Misfit;
    type Variant = Tree;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Read<(V::Value, Tree)> {
        let variant = seed.deserialize(self.place.into_deserializer())?;
        Ok((variant, Tree(self.content)))
    }
}

impl<'de> VariantAccess<'de> for Tree {
    type Error = Misfit;

    /// What an unknown variant holds is left alone.
    fn unit_variant(self) -> Read<()> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<T::Value> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_struct("", names, visitor)
    }
}

struct Items(ArrayIntoIter);

impl<'de> SeqAccess<'de> for Items {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        let next = self.0.next();
        next.map(|item| seed.deserialize(Tree(item))).transpose()
    }
}

/// The fields of a struct that are there, in the order of the struct.
struct Fields {
    object: Object,
    names: &'static [&'static str],
    next: usize,
    value: JsValue,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        while let Some(name) = self.names.get(self.next) {
            let place = place_in(Some(self.next));
            self.next += 1;
            self.value =
                Reflect::get(&self.object, &JsValue::from_str(name)).map_err(|_| Misfit)?;
            if !self.value.is_undefined() {
                return seed.deserialize(place.into_deserializer()).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        seed.deserialize(Tree(replace(&mut self.value, JsValue::NULL)))
    }
}

/// Names and values of which the type does not know the names.
struct Entries {
    entries: ArrayIntoIter,
    value: JsValue,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        let Some(entry) = self.entries.next() else {
            return Ok(None);
        };
        let entry: Array = entry.unchecked_into();
        self.value = entry.get(1);
        seed.deserialize(Tree(entry.get(0))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        seed.deserialize(Tree(replace(&mut self.value, JsValue::NULL)))
    }
}
