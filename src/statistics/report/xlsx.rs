//! A report as a workbook: a sheet a section, cells that are real numbers and times, charts, and
//! pages laid out for A4. Texts are written as texts, so that nothing is taken for a formula.

use rust_xlsxwriter::{
    Chart as Drawing, ChartType, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Workbook, Worksheet, XlsxError,
};

use super::{
    Report,
    footing::local,
    table::{Cell, Chart, ChartKind, Column, Kind, Section},
    text::{Language, Text},
};
use crate::domain::{Timestamp, time::CENTRE_UTC_OFFSET};

const A4: u8 = 9;
const DAY_MS: f64 = 86_400_000.0;
/// The days from the spreadsheet's first day to the Unix epoch.
const EPOCH_DAY: f64 = 25_569.0;
/// Above a section's table: its title, its definition and a blank row.
const HEAD_ROW: u32 = 3;
/// Letters in a page's header; what is longer is on the first sheet.
const HEADER_MAX: usize = 80;

/// The whole report.
///
/// # Errors
/// When it does not fit into a workbook: more rows than a sheet has.
pub fn xlsx(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    // The same report is the same file.
    let made_at = ExcelDateTime::from_timestamp(report.footing.at.millis() / 1000)?;
    workbook.set_properties(
        &DocProperties::new().set_title(&report.title).set_creation_datetime(&made_at),
    );
    let cover = workbook.add_worksheet();
    cover.set_name(report.language.say(Text("说明", "About")))?;
    lay_out(cover, report);
    cover.set_column_width(0, 18)?.set_column_width(1, 90)?;
    cover.write_string_with_format(0, 0, &report.title, &formats.title)?;
    for (row, (name, value)) in (2..).zip(&report.footing.lines) {
        cover.write_string_with_format(row, 0, name, &formats.head)?;
        cover.write_string_with_format(row, 1, value, &formats.wrapped)?;
    }
    for section in &report.sections {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&section.title)?;
        lay_out(sheet, report);
        fill(sheet, section, &formats)?;
    }
    workbook.save_to_buffer()
}

struct Formats {
    title: Format,
    head: Format,
    wrapped: Format,
    text: Format,
    count: Format,
    share: Format,
    span: Format,
    minutes: Format,
    instant: Format,
}

impl Formats {
    fn new() -> Self {
        let number = |code: &str| Format::new().set_num_format(code);
        Self {
            title: Format::new().set_bold().set_font_size(14),
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_border_bottom(FormatBorder::Thin),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            text: Format::new(),
            count: number("0"),
            share: number("0.0%"),
            span: number("[h]:mm:ss.000"),
            minutes: number("0.0"),
            instant: number("yyyy-mm-dd hh:mm:ss.000"),
        }
    }

    fn of(&self, kind: Kind) -> &Format {
        match kind {
            Kind::Text => &self.text,
            Kind::Count => &self.count,
            Kind::Share => &self.share,
            Kind::Span => &self.span,
            Kind::Minutes => &self.minutes,
            Kind::Instant => &self.instant,
        }
    }
}

/// A4 across, one page wide, with what the figures rest on at the foot.
fn lay_out(sheet: &mut Worksheet, report: &Report) {
    let footing = &report.footing;
    let plain = |text: &str| {
        let short: String = text.chars().take(HEADER_MAX).collect();
        // In a header, an ampersand begins a code.
        short.replace('&', "&&")
    };
    let (at, seq) = (local(footing.at), footing.seq);
    let foot = match report.language {
        Language::Chinese => format!("&L数据时间 {at}　日志位置 {seq}&R第 &P / &N 页"),
        Language::English => format!("&LData as of {at}, journal head {seq}&RPage &P of &N"),
    };
    let span = format!("[{}, {})", local(footing.from), local(footing.to));
    let head = format!("&L{}　{}&R{}", plain(&report.title), plain(&span), plain(&footing.filter));
    sheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_header(head)
        .set_footer(foot);
}

fn fill(sheet: &mut Worksheet, section: &Section, formats: &Formats) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, &section.title, &formats.title)?;
    sheet.write_string(1, 0, &section.definition)?;
    for (at, column) in (0..).zip(&section.columns) {
        sheet.write_string_with_format(HEAD_ROW, at, &column.title, &formats.head)?;
        sheet.set_column_width(at, width(column, at))?;
    }
    sheet.set_freeze_panes(HEAD_ROW + 1, 0)?.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    for (row, cells) in (HEAD_ROW + 1..).zip(section.rows.iter().chain(&section.foot)) {
        for ((at, cell), column) in (0..).zip(cells).zip(&section.columns) {
            write(sheet, row, at, cell, formats.of(column.kind))?;
        }
    }
    match &section.chart {
        Some(chart) if !section.rows.is_empty() => draw(sheet, section, chart),
        _ => Ok(()),
    }
}

fn width(column: &Column, at: u16) -> f64 {
    match column.kind {
        Kind::Instant => 24.0,
        Kind::Text if at < 3 => 22.0,
        Kind::Text => 18.0,
        _ => 13.0,
    }
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    let number = match cell {
        Cell::Nothing => return Ok(()),
        Cell::Text(text) => {
            sheet.write_string_with_format(row, at, text, format)?;
            return Ok(());
        }
        Cell::Count(count) => *count as f64,
        Cell::Share(share) => *share,
        Cell::Span(milliseconds) => *milliseconds as f64 / DAY_MS,
        Cell::Minutes(minutes) => *minutes,
        Cell::At(at) => serial(*at),
    };
    sheet.write_number_with_format(row, at, number, format)?;
    Ok(())
}

/// An instant of the centre's time as a spreadsheet counts days.
fn serial(at: Timestamp) -> f64 {
    (at + CENTRE_UTC_OFFSET).millis() as f64 / DAY_MS + EPOCH_DAY
}

/// Draws the first rows beside the table's end.
fn draw(sheet: &mut Worksheet, section: &Section, chart: &Chart) -> Result<(), XlsxError> {
    let mut drawing = Drawing::new(match chart.kind {
        ChartKind::Bars => ChartType::Column,
        ChartKind::Stacked => ChartType::ColumnStacked,
        ChartKind::Line => ChartType::Line,
    });
    drawing.title().set_name(&section.title);
    let rows = section.rows.len().min(chart.rows_max) as u32;
    let (first, last) = (HEAD_ROW + 1, HEAD_ROW + rows);
    let place = |column: usize| u16::try_from(column).unwrap_or(u16::MAX);
    let name = section.title.as_str();
    for column in &chart.series {
        let at = place(*column);
        let label = place(chart.label);
        drawing
            .add_series()
            .set_name((name, HEAD_ROW, at))
            .set_categories((name, first, label, last, label))
            .set_values((name, first, at, last, at));
    }
    drawing.set_width(900).set_height(380);
    let below = HEAD_ROW + 3 + (section.rows.len() + section.foot.len()) as u32;
    sheet.insert_chart(below, 0, &drawing)?;
    Ok(())
}
