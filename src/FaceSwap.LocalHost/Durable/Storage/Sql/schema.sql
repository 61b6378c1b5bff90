-- One state file holds one task hub. Times are UTC in ticks of 100 ns; payloads are JSON texts as the app wrote them.

-- Who may write. Every transaction checks that the row still names its host.
CREATE TABLE lease (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    machine    TEXT    NOT NULL,
    process    INTEGER NOT NULL,
    started    TEXT    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- One row per instance id; an instance that replaces a finished one gets a new sequence, and none is ever used again.
CREATE TABLE instances (
    sequence      INTEGER PRIMARY KEY AUTOINCREMENT,
    instance_id   TEXT    NOT NULL UNIQUE,
    name          TEXT    NOT NULL,
    status        INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    completed_at  INTEGER,
    start_at      INTEGER,
    custom_status TEXT,
    output        TEXT,
    failure       TEXT,
    tags          TEXT
) STRICT;

-- The instances that are not finished: what a start of the host has to look at.
CREATE INDEX instances_pending ON instances (status) WHERE completed_at IS NULL;

-- Append-only, one row per turn of the orchestrator; batch 0 holds the start.
CREATE TABLE history (
    instance INTEGER NOT NULL,
    batch    INTEGER NOT NULL,
    events   BLOB    NOT NULL,
    PRIMARY KEY (instance, batch)
) STRICT, WITHOUT ROWID;

-- What reached an instance and was not consumed by a turn yet. A generation of NULL means: whichever is current.
CREATE TABLE messages (
    id         INTEGER PRIMARY KEY,
    instance   INTEGER NOT NULL,
    generation INTEGER,
    event      BLOB    NOT NULL
) STRICT;
CREATE INDEX messages_by_instance ON messages (instance);

-- Activities that were called and whose outcome is not in the history yet.
CREATE TABLE activities (
    id         INTEGER PRIMARY KEY,
    instance   INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    task       INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    version    TEXT    NOT NULL,
    input      TEXT
) STRICT;

-- Timers that have not fired.
CREATE TABLE timers (
    instance   INTEGER NOT NULL,
    task       INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    fire_at    INTEGER NOT NULL,
    PRIMARY KEY (instance, task)
) STRICT, WITHOUT ROWID;

-- When each timer function last ran and was next due.
CREATE TABLE schedules (
    function   TEXT PRIMARY KEY,
    last_run   INTEGER NOT NULL,
    next_due   INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
