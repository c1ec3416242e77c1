//! The load generator: as many threads as phones push at the same time, each with one connection
//! that it keeps, one request after another. Requests are made before the clock starts, so that the
//! generator takes as little as possible of the machine that it shares with the servers.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

/// Connections that push at the same time.
pub const LANES: usize = 30;

/// One request, with everything that goes over the wire.
pub struct Request {
    bytes: Vec<u8>,
    /// What an answer that takes the push holds, and how many times.
    expect: (&'static str, usize),
    /// Sheets in it.
    pub sheets: usize,
}

impl Request {
    pub fn get(path: &str) -> Self {
        Self {
            bytes: head("GET", path, None, 0).into_bytes(),
            expect: ("", 0),
            sheets: 0,
        }
    }

    pub fn json(method: &str, path: &str, token: Option<&str>, body: &str) -> Self {
        let head = head(method, path, token, body.len());
        Self {
            bytes: [head.as_bytes(), body.as_bytes()].concat(),
            expect: ("", 0),
            sheets: 0,
        }
    }

    /// A push of so many sheets, whose answer says `word` once for each that was taken.
    pub fn taking(mut self, sheets: usize, word: &'static str) -> Self {
        (self.sheets, self.expect) = (sheets, (word, sheets));
        self
    }
}

fn head(method: &str, path: &str, token: Option<&str>, length: usize) -> String {
    let token = token.map(|token| format!("authorization: Bearer {token}\r\n"));
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n{}\r\n",
        token.unwrap_or_default()
    )
}

/// Sends all requests over [`LANES`] connections, and answers sheets (or requests that bear none)
/// per second. Requests of one phone stand in one lane.
pub fn drive(address: SocketAddr, lanes: &[Vec<Request>]) -> f64 {
    let mut connections: Vec<Connection> =
        lanes.iter().map(|_| Connection::open(address)).collect();
    let start = Instant::now();
    std::thread::scope(|scope| {
        for (connection, requests) in connections.iter_mut().zip(lanes) {
            scope.spawn(move || requests.iter().for_each(|request| connection.send(request)));
        }
    });
    let seconds = start.elapsed().as_secs_f64();
    let done: usize = lanes
        .iter()
        .flatten()
        .map(|request| request.sheets.max(1))
        .sum();
    f64::from(u32::try_from(done).unwrap_or(u32::MAX)) / seconds
}

/// Asks once, and answers the body of a good answer.
pub fn ask(address: SocketAddr, request: &Request) -> String {
    Connection::open(address).ask(request)
}

struct Connection {
    stream: BufReader<TcpStream>,
}

impl Connection {
    fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_nodelay(true).expect("a socket");
        Self {
            stream: BufReader::new(stream),
        }
    }

    fn send(&mut self, request: &Request) {
        let body = self.ask(request);
        let (word, times) = request.expect;
        if times != 0 {
            assert_eq!(body.matches(word).count(), times, "not taken: {body}");
        }
    }

    fn ask(&mut self, request: &Request) -> String {
        self.stream
            .get_mut()
            .write_all(&request.bytes)
            .expect("a request sent");
        let status = self.line();
        let mut length = None;
        loop {
            let line = self.line().to_ascii_lowercase();
            match line.split_once(':') {
                Some(("content-length", value)) => length = value.trim().parse().ok(),
                Some(_) => {}
                None => break,
            }
        }
        let body = match length {
            Some(length) => self.bytes(length),
            None if status.contains(" 204 ") => String::new(),
            None => self.chunks(),
        };
        assert!(status.contains(" 20"), "{status}: {body}");
        body
    }

    /// A body that comes in chunks.
    fn chunks(&mut self) -> String {
        let mut body = String::new();
        loop {
            let size = usize::from_str_radix(&self.line(), 16).expect("the size of a chunk");
            body += &self.bytes(size);
            self.line();
            if size == 0 {
                return body;
            }
        }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).expect("an answer");
        line.trim_end().to_owned()
    }

    fn bytes(&mut self, length: usize) -> String {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes).expect("a whole answer");
        String::from_utf8(bytes).expect("a text")
    }
}
