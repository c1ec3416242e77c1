//! What each kind of robot wants to be sent, how it is signed, and how it says that it took it.

use app::backend::HookKind;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ids::Millis;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

/// Characters of a reason that somebody reads in a list.
const ERROR_MAX: usize = 200;

/// The address with its signature, and the body.
///
/// # Errors
/// The secret does not fit into a key, which no text does.
pub fn request(
    kind: HookKind,
    (address, secret): (&str, &str),
    text: &str,
    now: Millis,
) -> Result<(String, Value), String> {
    let is_signed = !secret.is_empty();
    let mut address = address.to_owned();
    let body = match kind {
        HookKind::Wecom => json!({ "msgtype": "text", "text": { "content": text } }),
        HookKind::Dingtalk => {
            if is_signed {
                let signed = format!("{}\n{secret}", now.0);
                let sign = encoded(&sign(secret.as_bytes(), signed.as_bytes())?);
                let join = if address.contains('?') { '&' } else { '?' };
                address += &format!("{join}timestamp={}&sign={sign}", now.0);
            }
            json!({ "msgtype": "text", "text": { "content": text } })
        }
        HookKind::Feishu => {
            let mut body = json!({ "msg_type": "text", "content": { "text": text } });
            if is_signed {
                // Seconds, and the text that is signed is the key of an empty message.
                let seconds = (now.0 / 1_000).to_string();
                let key = format!("{seconds}\n{secret}");
                body["sign"] = json!(sign(key.as_bytes(), b"")?);
                body["timestamp"] = json!(seconds);
            }
            body
        }
    };
    Ok((address, body))
}

/// HMAC-SHA256 in base64.
fn sign(key: &[u8], message: &[u8]) -> Result<String, String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|error| error.to_string())?;
    mac.update(message);
    Ok(STANDARD.encode(mac.finalize().into_bytes()))
}

/// Base64 as a part of a query.
fn encoded(base64: &str) -> String {
    let base64 = base64.replace('+', "%2B").replace('/', "%2F");
    base64.replace('=', "%3D")
}

/// Whether the robot took it: each answers 200 whatever it thinks, and says in the body what.
///
/// # Errors
/// Why it did not.
pub fn taken(kind: HookKind, status: u16, body: &[u8]) -> Result<(), String> {
    if status != 200 {
        return Err(format!("HTTP {status}"));
    }
    let (code, reason) = match kind {
        HookKind::Wecom | HookKind::Dingtalk => ("errcode", "errmsg"),
        HookKind::Feishu => ("code", "msg"),
    };
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    match answer[code].as_i64() {
        Some(0) => Ok(()),
        Some(number) => {
            let reason = answer[reason].as_str().unwrap_or_default();
            let reason: String = reason.chars().take(ERROR_MAX).collect();
            Err(format!("{number} {reason}"))
        }
        None => Err("no answer of a robot".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_785_542_400_123);
    const ADDRESS: &str = "https://robot.example/send?access_token=k";

    fn made(kind: HookKind, secret: &str) -> (String, Value) {
        request(kind, (ADDRESS, secret), "已发布", NOW).expect("a message")
    }

    #[test]
    fn each_robot_gets_the_shape_that_it_reads() {
        let text = json!({ "msgtype": "text", "text": { "content": "已发布" } });
        assert_eq!(
            made(HookKind::Wecom, ""),
            (ADDRESS.to_owned(), text.clone())
        );
        assert_eq!(made(HookKind::Dingtalk, ""), (ADDRESS.to_owned(), text));
        let text = json!({ "msg_type": "text", "content": { "text": "已发布" } });
        assert_eq!(made(HookKind::Feishu, ""), (ADDRESS.to_owned(), text));
    }

    /// The signatures are those of `openssl dgst -sha256 -hmac … -binary | base64`.
    #[test]
    fn a_signature_stands_where_its_robot_looks_for_it() {
        let (address, _) = made(HookKind::Dingtalk, "SEC1");
        let sign = "lOX0o7jP%2Btu8Y8xW6ZAYmdb2HNXSMa54KOQ%2BUQtwAI8%3D";
        let signed = format!("{ADDRESS}&timestamp=1785542400123&sign={sign}");
        assert_eq!(address, signed);
        let (address, body) = made(HookKind::Feishu, "SEC1");
        assert_eq!(address, ADDRESS);
        assert_eq!(body["timestamp"], "1785542400");
        assert_eq!(body["sign"], "/KuSTiUWcnCd+vuTYE8YKtZFyFR+BEMyL5J8RsH0hME=");
    }

    #[test]
    fn what_a_robot_refuses_is_told_in_its_words() {
        let ok = br#"{"errcode":0,"errmsg":"ok"}"#;
        assert_eq!(taken(HookKind::Wecom, 200, ok), Ok(()));
        assert_eq!(taken(HookKind::Feishu, 200, br#"{"code":0}"#), Ok(()));
        let refused = br#"{"errcode":310000,"errmsg":"sign not match"}"#;
        let why = Err("310000 sign not match".to_owned());
        assert_eq!(taken(HookKind::Dingtalk, 200, refused), why);
        assert_eq!(taken(HookKind::Wecom, 502, ok), Err("HTTP 502".to_owned()));
        assert!(taken(HookKind::Feishu, 200, b"<html>").is_err());
    }
}
