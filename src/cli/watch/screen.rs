//! The board on a terminal.

use std::{
    io::{self, IsTerminal},
    thread,
    time::Duration,
};

use ratatui::{
    DefaultTerminal, Frame,
    crossterm::event::{self, Event, KeyCode, KeyModifiers},
    layout::{Constraint, Layout},
    style::{Color, Modifier, Style},
    text::Line,
    widgets::{Cell, Row as TableRow, Table},
};
use tokio::sync::mpsc;

use super::{
    board::Board,
    connection::{News, local_now},
    table::{COLUMNS, Row, Urgency, rows},
};
use crate::{
    cli::failure::Failure,
    domain::{Timestamp, Within, time::CENTRE_UTC_OFFSET},
};

/// Countdowns move each second; twice as often shows none of them late.
const DRAW_EVERY: Duration = Duration::from_millis(500);
/// A board that has heard nothing for longer may be wrong.
const STALE_AFTER: Within = Within::from_seconds(15);

const WIDTHS: [Constraint; COLUMNS.len()] = [
    Constraint::Length(7),
    Constraint::Length(8),
    Constraint::Length(4),
    Constraint::Length(5),
    Constraint::Length(12),
    Constraint::Fill(2),
    Constraint::Length(12),
    Constraint::Fill(2),
];

/// Shows the board until somebody leaves or the server refuses.
pub async fn show(server: &str, mut news: mpsc::Receiver<News>) -> Result<(), Failure> {
    if !io::stdout().is_terminal() {
        return Err(Failure::usage("no terminal to draw on; --once prints the board as text"));
    }
    let mut terminal = ratatui::try_init()
        .map_err(|error| Failure::new(format!("cannot use the terminal: {error}")))?;
    let ended = draw_on(&mut terminal, server, &mut news).await;
    ratatui::restore();
    ended
}

async fn draw_on(
    terminal: &mut DefaultTerminal,
    server: &str,
    news: &mut mpsc::Receiver<News>,
) -> Result<(), Failure> {
    let mut leaves = keys();
    let mut beat = tokio::time::interval(DRAW_EVERY);
    let mut board = Board::default();
    let mut trouble = Some("connecting".to_owned());
    loop {
        tokio::select! {
            _ = leaves.recv() => return Ok(()),
            one = news.recv() => match one {
                Some(News::Frame(frame)) => {
                    trouble = None;
                    // A gap is the connection's business: it comes back with a new picture.
                    let _ = board.take(frame, local_now());
                    continue;
                }
                Some(News::Lost { why, again_in }) => {
                    trouble = Some(format!("{why}; again in {} s", again_in.as_secs()));
                }
                Some(News::Refused(why)) => return Err(Failure::new(why)),
                None => return Ok(()),
            },
            _ = beat.tick() => {}
        }
        let drawn = terminal.draw(|frame| draw(frame, server, &board, trouble.as_deref()));
        drawn.map_err(|error| Failure::new(format!("cannot draw: {error}")))?;
    }
}

/// Reads keys on a thread of its own, and tells when somebody wants to leave.
fn keys() -> mpsc::Receiver<()> {
    let (tell, leaves) = mpsc::channel(1);
    thread::spawn(move || {
        while let Ok(event) = event::read() {
            let Event::Key(key) = event else { continue };
            let is_interrupt =
                key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL);
            let leaves = is_interrupt || matches!(key.code, KeyCode::Char('q') | KeyCode::Esc);
            if leaves && tell.blocking_send(()).is_err() {
                return;
            }
        }
    });
    leaves
}

fn draw(frame: &mut Frame<'_>, server: &str, board: &Board, trouble: Option<&str>) {
    let here = local_now();
    let now = board.server_now(here);
    let rows = rows(board, now);
    let [head, body] =
        Layout::vertical([Constraint::Length(2), Constraint::Min(1)]).areas(frame.area());
    frame.render_widget(heading(server, board, &rows, now), head);
    let [_, state] = Layout::vertical([Constraint::Length(1), Constraint::Length(1)]).areas(head);
    frame.render_widget(state_line(board, trouble, here), state);
    let header = TableRow::new(COLUMNS).style(Style::new().add_modifier(Modifier::BOLD));
    let table = Table::new(rows.iter().map(table_row), WIDTHS).header(header);
    frame.render_widget(table, body);
}

fn heading(server: &str, board: &Board, rows: &[Row], now: Timestamp) -> Line<'static> {
    let overdue = rows.iter().filter(|row| row.urgency == Urgency::Overdue).count();
    let local = (now + CENTRE_UTC_OFFSET).to_string();
    let time = local.get(11..19).unwrap_or_default().to_owned();
    Line::from(format!(
        "campus-dispatch {server}   {time}   {} open, {overdue} overdue   seq {}",
        rows.len(),
        board.seq()
    ))
}

fn state_line(board: &Board, trouble: Option<&str>, here: Timestamp) -> Line<'static> {
    let alarm = Style::new().fg(Color::White).bg(Color::Red).add_modifier(Modifier::BOLD);
    let silence = board.silence(here);
    match (silence, trouble) {
        (Some(silence), trouble) if silence > STALE_AFTER => Line::styled(
            format!(
                "STALE: nothing heard for {} s. {}",
                silence.millis() / 1000,
                trouble.unwrap_or_default()
            ),
            alarm,
        ),
        (_, Some(trouble)) => Line::styled(trouble.to_owned(), Style::new().fg(Color::Yellow)),
        (_, None) => Line::from("live; q leaves"),
    }
}

fn table_row(row: &Row) -> TableRow<'_> {
    let style = match row.urgency {
        Urgency::Overdue => Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
        Urgency::Warning => Style::new().fg(Color::Yellow),
        Urgency::Open => Style::new(),
        Urgency::Reached => Style::new().fg(Color::DarkGray),
    };
    TableRow::new(row.cells.iter().map(|cell| Cell::from(cell.as_str()))).style(style)
}
