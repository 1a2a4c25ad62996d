import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** Pages that belong together, in the order in which they are read; paths as in the repository. */
interface Group {
  readonly title: string
  readonly pages: readonly string[]
}

/** Every page; a name that ends with a slash stands for all pages of that folder. One that stands nowhere here fails the site's test: somebody
 *  has to say where it is looked for. */
const GROUPS: readonly Group[] = [
  { title: 'Start', pages: ['README.md', 'docs/first-farm.md', 'docs/practice.md', 'docs/access.md'] },
  { title: 'The procedure', pages: ['docs/eight-steps.md', 'docs/by-hand.md', 'docs/questions.md'] },
  {
    title: 'Operate',
    pages: ['docs/operations.md', 'docs/diagnosis.md', 'docs/passport.md', 'docs/callers.md', 'docs/settings.md', 'SECURITY.md'],
  },
  {
    title: 'Examples',
    pages: [
      'examples/README.md',
      'examples/first-vdisk/README.md',
      'examples/update-image/README.md',
      'examples/maintenance-version/README.md',
      'examples/verify-only/README.md',
      'examples/repair-activation/README.md',
      'examples/missing-privilege/README.md',
      'examples/server-2022-article-order/README.md',
      'examples/callers/README.md',
      'examples/callers/ansible/README.md',
      'examples/callers/cron/README.md',
      'examples/callers/github-actions/README.md',
      'examples/callers/jenkins/README.md',
      'examples/callers/powershell/README.md',
      'examples/callers/sccm/README.md',
      'examples/callers/task-scheduler/README.md',
      'examples/api/README.md',
    ],
  },
  {
    title: 'Reference',
    pages: [
      'docs/workflow-reference.md',
      'docs/checks.md',
      'docs/faults.md',
      'docs/explain.md',
      'docs/windows-surface.md',
      'docs/sources.md',
      'CHANGELOG.md',
    ],
  },
  {
    title: 'Proof',
    pages: [
      'docs/proved.md',
      'docs/usability.md',
      'docs/usability/',
      'docs/mutation.md',
      'docs/bench.md',
      'ARCHITECTURE.md',
      'CONTRIBUTING.md',
    ],
  },
]

/** The pages as they lie in the repository, group by group. */
export function groupsOfPages(): readonly Group[] {
  return GROUPS.map(({ title, pages }) => ({
    title,
    pages: pages.flatMap((page) => (page.endsWith('/') ? pagesIn(page) : [page])),
  }))
}

function pagesIn(folder: string): readonly string[] {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.md'))
  return names.sort().map((name) => `${folder}${name}`)
}

/** Where a page of the repository lies in the site; the README is its first page. */
export function placeOf(page: string): string {
  return page === 'README.md' ? 'index.html' : page.replace(/\.md$/, '.html')
}
