import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '..', '..')
const asked = z.array(z.strictObject({ asked: z.string(), answer: z.string(), run: z.array(z.string()).min(1) }))

/** Every question with the commands that answer it. */
export function questions(): z.infer<typeof asked> {
  return asked.parse(parse(readFileSync(join(import.meta.dirname, 'asked.yaml'), 'utf8')))
}

/** What a command prints at 80 columns, typed in examples/ with an empty state folder; times, ids and hashes, which no two runs share, are
 *  dots. Rejects when it prints nothing: then it answers no question. */
export async function printed(command: string): Promise<string> {
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  const home = mkdtempSync(join(tmpdir(), 'vdiskprep-questions-'))
  const at = {
    cwd: join(ROOT, 'examples'),
    env: { ...process.env, HOME: home, VDISKPREP_HOME: home, COLUMNS: '80', NO_COLOR: '1' },
  }
  try {
    const typed = promisify(execFile)(process.execPath, [join(ROOT, 'src', 'main.ts'), ...words], at)
    const { stdout } = await typed.catch((failed: unknown) => failed as { readonly stdout: string })
    if (stdout.trim() === '') throw new Error(`vdiskprep ${command} prints nothing`)
    return settled(stdout.replaceAll(home, '~'))
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

function settled(text: string): string {
  const dots = (found: string) => found.replaceAll(/[0-9a-z]/g, '.')
  return text
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, dots)
    .replaceAll(/(?<= {3}run |\(run |vdiskprep show |head | {3}plan |--plan )[0-9a-z]{5,16}\b/g, dots)
    .replaceAll(/\b\d+(:\d\d)+\b|\b\d+(?= events)|\b\d+\.\d(?= s;)/g, dots)
    .replaceAll(/(?<=run \.+ {3})\S+/g, 'maria')
    .trimEnd()
}

async function page(): Promise<string> {
  const parts: string[] = []
  for (const { asked: question, answer, run } of questions()) {
    parts.push(`## ${question}\n\n${answer}\n`)
    for (const command of run) parts.push(`\`\`\`\n$ vdiskprep ${command}\n${await printed(command)}\n\`\`\`\n`)
  }
  return `# Questions

What readers asked under the article that this procedure comes from (Ingmar Verheij, *Citrix PVS: Enabling KMS licensing on a vDisk*), each
answered by a command, with what it prints. Typed in \`examples/\`; \`npm run questions\` writes this page anew. Times and ids are dots.

${parts.join('\n')}`
}

if (import.meta.main) writeFileSync(join(ROOT, 'docs', 'questions.md'), await page())
