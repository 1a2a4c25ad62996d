/** Schema 3. A caller's own name for what it wants run: one row for each run that was begun under it. `content` is a hash of all that was
 *  wanted; `subject` says which part of it the run is for. */
export const runKeys = `
create table run_key (
  name text not null,
  subject text not null,
  content text not null,
  run text not null unique references run (run),
  primary key (name, subject)
) strict, without rowid;
`
