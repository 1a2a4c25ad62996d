import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import { chromium, type Browser, type Page } from 'playwright-core'

/** Debian's Chromium, or the one that the environment names. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Why there is nothing to look with; null when there is. */
export const noBrowser = existsSync(CHROMIUM) ? null : `no Chromium at ${CHROMIUM}`

/** What a browser had to say of a page. */
export interface LookedAt {
  /** Findings of axe that are serious or critical, by rule and element. */
  readonly findings: readonly string[]
  readonly console: readonly string[]
  /** Requests beyond the file itself. */
  readonly requests: readonly string[]
  /** How much wider the page is than a narrow screen, in pixels. */
  readonly tooWide: number
  readonly pdf: Buffer
}

/** A browser of one's own; the caller closes it. It keeps a socket in its temporary folder, whose path must be short. */
export function startBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-dev-shm-usage']
  return chromium.launch({ executablePath: CHROMIUM, args, env: { ...process.env, TMPDIR: '/tmp' } })
}

/** Opens a file, prints it, makes it narrow, and has axe look at it in light and dark. */
export async function lookAt(file: string): Promise<LookedAt> {
  const browser = await startBrowser()
  try {
    const url = pathToFileURL(file).href
    return { ...(await opened(browser, url)), findings: await checked(browser, url) }
  } finally {
    await browser.close()
  }
}

async function opened(browser: Browser, url: string): Promise<Omit<LookedAt, 'findings'>> {
  const page = await browser.newPage()
  const { told, requests } = listenedTo(page)
  await page.goto(url)
  const pdf = await page.pdf({ format: 'A4' })
  await page.setViewportSize({ width: 390, height: 800 })
  const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  return { console: told, requests: requests.filter((one) => one !== url), tooWide, pdf }
}

/** The page's own policy keeps every script out, the checker too: here it is not in force. */
async function checked(browser: Browser, url: string): Promise<readonly string[]> {
  const page = await browser.newPage({ bypassCSP: true })
  await page.goto(url)
  return await axeFindings(page)
}

/** What a page says on its console and asks for from now on, as it comes. */
export function listenedTo(page: Page): { readonly told: readonly string[]; readonly requests: readonly string[] } {
  const told: string[] = []
  const requests: string[] = []
  page.on('console', (message) => told.push(message.text()))
  page.on('pageerror', (error) => told.push(error.message))
  page.on('request', (request) => requests.push(request.url()))
  return { told, requests }
}

/** Serious and critical findings of axe on an open page, in light and in dark: `dark: rule: element`. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ content: axe.source })
  const findings: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const found = await page.evaluate<string[]>(
      `axe.run().then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))))`,
    )
    findings.push(...found.map((one) => `${colorScheme}: ${one}`))
  }
  return findings
}
