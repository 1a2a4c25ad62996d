/** The little of Eleventy that the site is built with; the package brings no declarations. */
declare module '@11ty/eleventy' {
  interface Config {
    setUseGitIgnore(use: boolean): void
    setIncludesDirectory(folder: string): void
    setTemplateFormats(formats: readonly string[]): void
    setLibrary(format: string, library: { render(text: string, data: never): string }): void
    addTemplate(path: string, text: string, data: object): void
  }
  class Eleventy {
    constructor(
      input: string,
      output: string,
      options: { quietMode: boolean; configPath: null; config: (config: Config) => void },
    )
    write(): Promise<void>
  }
  export { Eleventy as default }
}
