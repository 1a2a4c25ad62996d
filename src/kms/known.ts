import { machineName } from './machine-names.ts'
import type { KmsReport } from './report-shape.ts'

/** A run that met a shared CMID. */
export type SeenIn = NonNullable<KmsReport['shared'][number]['seenIn']>

/** What the runs of a store know of a report: who met its shared CMIDs, and which of its machines serve to prepare and to try. */
export interface KnownRuns {
  /** By CMID, in lower case. */
  readonly met: ReadonlyMap<string, SeenIn>
  /** By name of the machine, in lower case and without its domain. */
  readonly roles: ReadonlyMap<string, string>
}

/** The report with what runs know of it. */
export function withKnown(report: KmsReport, { met, roles }: KnownRuns): KmsReport {
  return {
    ...report,
    shared: report.shared.map((one) => ({ ...one, seenIn: met.get(one.cmid.toLowerCase()) ?? null })),
    unseen: report.unseen.map((one) => ({ ...one, role: roles.get(machineName(one.client)) ?? null })),
  }
}
