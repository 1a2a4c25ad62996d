import { allSources } from '../src/knowledge/entries.ts'

/** The page of every source that checks, faults, plans and `explain` cite by a short name. */
export function sourcesPage(): string {
  return [
    '# Sources',
    '',
    'What checks, faults, plans and `explain` rest on, by the short names they cite. `vdiskprep explain --sources` prints the same. Generated',
    'from `src/knowledge/sources.json` by `npm run schemas`; a test fails when it is stale. None of these texts is part of this program.',
    '',
    ...Object.entries(allSources()).flatMap(([key, { title, where }]) => [
      `## ${key}`,
      '',
      `${title}. ${/^https?:\S+$/.test(where) ? `<${where}>` : `(${where})`}`,
      '',
    ]),
  ].join('\n')
}
