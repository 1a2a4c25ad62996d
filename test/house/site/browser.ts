import { pathToFileURL } from 'node:url'
import { axeFindings, listenedTo, startBrowser } from '../../report/browser.ts'

/** What a browser had to say of several pages of the site. */
interface Seen {
  /** Findings of axe that are serious or critical, by page, colours, rule and element. */
  readonly findings: readonly string[]
  readonly console: readonly string[]
  readonly requests: readonly string[]
  /** How much wider each page is than a narrow screen, in pixels. */
  readonly tooWide: readonly number[]
  /** What the search of the last page found for a code. */
  readonly found: string
}

/** Opens pages from disk in one browser: axe looks at them in light and dark, then they are made narrow. */
export async function lookAtSite(files: readonly string[]): Promise<Seen> {
  const browser = await startBrowser()
  try {
    const page = await browser.newPage()
    const { told, requests } = listenedTo(page)
    const findings: string[] = []
    const tooWide: number[] = []
    for (const file of files) {
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.goto(pathToFileURL(file).href)
      findings.push(...(await axeFindings(page)).map((one) => `${file}: ${one}`))
      await page.setViewportSize({ width: 390, height: 800 })
      tooWide.push(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'))
    }
    await page.fill('#find', 'c004f038')
    return { findings, console: told, requests, tooWide, found: await page.innerText('#found') }
  } finally {
    await browser.close()
  }
}
