//! Pictures for a public account and for passing on: 1080 px wide, as SVG text. The browser that
//! asks for one draws it into a PNG, because it has the Chinese fonts and the server has none. What
//! stands in them is posted and may stand on a public page, and nothing else.

mod canvas;
mod month;
mod unit;

use crate::config::Config;
use crate::service::audience::Reader;
use crate::service::error::ServiceError;
use crate::service::month::Month;
use crate::service::month::{read, units};
use crate::service::qr;
use crate::store::Store;
use app::components::standing::signed;
use app::format::wrapped;
use canvas::{Anchor, Canvas, MARGIN, Type, WIDTH};
use domain::ids::UnitId;
use domain::month::Day;
use sync::posted_month::{PostedMerit, PostedMonth};

/// Side of the QR code, with its quiet zone.
const CODE: u32 = 220;
/// Characters in a line of the foot, beside the code, and of a reason, beside its points.
const FOOT_CHARS: usize = 24;
const REASON_CHARS: usize = 27;
const REASON_LINES: usize = 2;
const REASONS_MAX: usize = 3;
const REASON_INDENT: u32 = 110;

/// A posted month: lists with their reasons, the first of each group, flags, and the way to its
/// page.
///
/// # Errors
/// The month was not posted, or the database failed.
pub async fn of_month(
    store: &Store,
    reader: &Reader,
    month: Month,
    (config, today): (&Config, Day),
) -> Result<String, ServiceError> {
    let page = read::month(store, reader, month, today).await?;
    let frame = Frame {
        url: config.address(&read::month_way(reader, month)),
        check_code: Some(page.check_code),
        is_demo: store.county().demo,
    };
    Ok(month::draw(&page.month, &frame))
}

/// Where a unit stands in its newest posted month.
///
/// # Errors
/// There is no such unit, nothing was posted of it, or the database failed.
pub async fn of_unit(
    store: &Store,
    reader: &Reader,
    id: UnitId,
    (config, today): (&Config, Day),
) -> Result<String, ServiceError> {
    let page = units::unit(store, reader, id, today).await?;
    let frame = Frame {
        url: config.address(&units::unit_way(reader, &page)),
        check_code: None,
        is_demo: store.county().demo,
    };
    unit::draw(&page, &frame).ok_or(ServiceError::NotFound("month"))
}

/// What a picture says beside its content: where it came from.
struct Frame {
    url: String,
    check_code: Option<String>,
    is_demo: bool,
}

impl Frame {
    /// The dark band at the top: whose, what, and of when.
    fn head(&self, canvas: &mut Canvas, title: &str, lines: &[String]) {
        let height = 210 + u32::try_from(lines.len()).unwrap_or_default() * 46;
        canvas.rect((0, 0), (WIDTH, height), canvas::BAR);
        canvas.space(120);
        canvas.write(Type::bold(76, canvas::ON_BAR), MARGIN, Anchor::Start, title);
        canvas.space(22);
        for line in lines {
            canvas.space(46);
            canvas.write(
                Type::plain(32, canvas::ON_BAR_2),
                MARGIN,
                Anchor::Start,
                line,
            );
        }
        canvas.at(height);
        if self.is_demo {
            canvas.space(56);
            let words = "演示数据，不是真实结果";
            canvas.write(Type::bold(30, canvas::ZHU), MARGIN, Anchor::Start, words);
        }
    }

    /// Edition, day and check code, with a code that leads to the page.
    fn foot(&self, canvas: &mut Canvas, month: &PostedMonth) {
        canvas.space(56);
        canvas.rule();
        canvas.space(8);
        let top = canvas.y();
        for line in self.foot_lines(month) {
            canvas.space(44);
            canvas.write(Type::plain(28, canvas::INK_2), MARGIN, Anchor::Start, &line);
        }
        // An address that no code can hold is printed as words alone.
        if let Some(code) = qr::draw(&self.url) {
            canvas.code(&code, (WIDTH - MARGIN - CODE, top + 16), CODE);
            canvas.at(canvas.y().max(top + 16 + CODE));
        }
        canvas.space(48);
    }

    fn foot_lines(&self, month: &PostedMonth) -> Vec<String> {
        let remarks = super::words::remarks(month);
        let mut lines: Vec<_> = remarks
            .flat_map(|words| wrapped(&words, FOOT_CHARS, 2))
            .collect();
        let day = super::words::posting_day(month);
        lines.push(format!("{day}发布　第 {} 版", month.edition));
        let code = self.check_code.as_ref();
        lines.extend(code.map(|code| format!("校验码 {code}")));
        lines.push("扫码看全部".to_owned());
        lines.extend(wrapped(&self.url, FOOT_CHARS, 4));
        lines
    }
}

/// Why a unit is on a list: points and words of its records. What goes beyond is counted.
fn reasons(canvas: &mut Canvas, merits: &[PostedMerit]) {
    let (bold, plain) = (Type::bold(30, canvas::INK), Type::plain(30, canvas::INK));
    for merit in merits.iter().take(REASONS_MAX) {
        let lines = wrapped(&merit.reason, REASON_CHARS, REASON_LINES);
        let number = super::words::document_no(merit);
        let number = number.map(|number| wrapped(&number, REASON_CHARS, 1).concat());
        let lines = lines.into_iter().chain(number);
        let lines = lines.chain(super::words::cut(merit));
        let mut points = Some(signed(&merit.points));
        for line in lines {
            canvas.space(44);
            if let Some(points) = points.take() {
                canvas.write(bold, MARGIN, Anchor::Start, &points);
            }
            canvas.write(plain, MARGIN + REASON_INDENT, Anchor::Start, &line);
        }
    }
    more(canvas, merits.len().saturating_sub(REASONS_MAX), "条");
}

/// How many were left out, if any.
fn more(canvas: &mut Canvas, left: usize, what: &str) {
    if 0 < left {
        canvas.space(44);
        let words = format!("另有 {left} {what}，见网页");
        canvas.write(
            Type::plain(28, canvas::INK_2),
            MARGIN,
            Anchor::Start,
            &words,
        );
    }
}
