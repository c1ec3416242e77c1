//! How often each thing happened, to know that the faults were there at all.

/// What happened over all seeds, to know that the faults were there at all.
#[derive(Debug, Default)]
pub struct Counts {
    pub sealed: u64,
    pub stored: u64,
    pub duplicates: u64,
    pub crashes: u64,
    pub timeouts: u64,
    pub stale: u64,
    pub portals: u64,
    pub clock_jumps: u64,
    pub carried: u64,
    pub disk_faults: u64,
    pub newer_records: u64,
    pub poisoned: u64,
    pub second_tabs: u64,
}

impl Counts {
    pub fn add(&mut self, other: Counts) {
        self.sealed += other.sealed;
        self.stored += other.stored;
        self.duplicates += other.duplicates;
        self.crashes += other.crashes;
        self.timeouts += other.timeouts;
        self.stale += other.stale;
        self.portals += other.portals;
        self.clock_jumps += other.clock_jumps;
        self.carried += other.carried;
        self.disk_faults += other.disk_faults;
        self.newer_records += other.newer_records;
        self.poisoned += other.poisoned;
        self.second_tabs += other.second_tabs;
    }

    /// A simulator in which nothing goes wrong proves nothing.
    pub fn check_that_everything_happened(&self) {
        let all = [
            self.sealed,
            self.stored,
            self.duplicates,
            self.crashes,
            self.timeouts,
            self.stale,
            self.portals,
            self.clock_jumps,
            self.carried,
            self.disk_faults,
            self.newer_records,
            self.poisoned,
            self.second_tabs,
        ];
        assert!(all.iter().all(|count| 10 < *count), "{self:?}");
    }
}
