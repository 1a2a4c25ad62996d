/** Schema 1. Instants are milliseconds since 1970; body, snapshot, plan, input and event are JSON text. `head` is the hash of line `seq`;
 *  `journal.revision` is the commit that wrote the line. */
export const begin = `
create table fence (
  run text primary key,
  value integer not null
) strict, without rowid;

create table run (
  run text primary key references fence (run),
  title text not null,
  state text not null check (state in ('active', 'waiting', 'ended')),
  outcome text,
  revision integer not null,
  seq integer not null,
  head text not null,
  stamp text not null,
  snapshot text not null,
  plan text not null,
  started_at integer not null,
  changed_at integer not null
) strict;

create table journal (
  run text not null references run (run),
  seq integer not null check (seq > 0),
  revision integer not null,
  type text not null,
  at integer not null,
  body text not null,
  hash text not null,
  primary key (run, seq)
) strict, without rowid;

create table effect (
  nr integer primary key,
  run text not null references run (run),
  id text not null,
  kind text not null,
  input text not null,
  state text not null check (state in ('pending', 'started', 'done', 'cancelled')),
  fence integer,
  started_at integer,
  unique (run, id)
) strict;

create table timer (
  run text not null references run (run),
  id text not null,
  due_at integer not null,
  event text not null,
  primary key (run, id)
) strict, without rowid;

create table lease (
  key text primary key,
  run text not null references fence (run),
  owner text not null,
  who text not null,
  fence integer not null,
  since integer not null,
  until integer not null
) strict, without rowid;

create index lease_of_run on lease (run, owner);
`
