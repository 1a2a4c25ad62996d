#!/bin/sh
# Prepares the vDisk of a workflow file once a month. Called every night: what was begun is taken up, what is done is left alone.
# cron mails what is printed; nothing is printed when all is well.
set -u
file=$1
log=${VDISKPREP_LOG:-${HOME}/vdiskprep-nightly.ndjson}
key="monthly/$(date -u +%Y-%m)/$(basename "$file" .yaml)"

vdiskprep run "$file" --key "$key" --timeout 5h --non-interactive --json >>"$log"
code=$?
case $code in
  0) ;;
  4) echo "$file waits for a person: vdiskprep list" ;;
  7 | 10) ;; # somebody else works on it, or the night was too short: the next call goes on
  *) echo "$file ended with exit code $code: vdiskprep list; the events are in $log" ;;
esac
exit $code
