import { z } from 'zod'
import { block, choice, choices, count, duration, flag, secret, text, texts } from './fields.ts'

const on = () => choices('When it is told.', ['held', 'failed', 'done'], { default: ['held', 'failed', 'done'] })

/** The settings file of a person or a machine as it is written. What it says, a variable or an option says otherwise. */
export const settingsFile = z
  .strictObject(
    {
      store: text('The database of runs, relative to this file.'),
      inventory: text('Use these hosts instead of those the workflow file names; relative to this file.'),
      as: text('A name recorded beside the login, as a claim.'),
      quiet: flag('Print nothing but the result.'),
      nonInteractive: flag('Ask nothing: a question becomes an exit code.'),
      waitFor: choice('Until when a command stays with its runs.', ['held', 'done'], { default: 'held' }),
      timeout: duration('How long a command stays with its runs.', { examples: ['2h'] }),
      metrics: text('Where metrics are written after each command that drives runs; relative to this file.'),
      traces: text('The collector to which runs are sent that end (OTLP over HTTP, JSON).', {
        examples: ['http://localhost:4318/v1/traces'],
      }),
      notify: block('Who is told when a run is held, has failed or is done.', {
        webhook: block('A POST of JSON, signed.', {
          url: text('Where to.', { examples: ['https://hooks.hq.example/vdiskprep'] }),
          secret: secret('Where the key of the signature is found.'),
          on: on(),
        }),
        teams: block('A card in a channel of Microsoft Teams.', {
          url: secret('Where the URL of the workflow is found: it carries its own signature, so it is a secret.'),
          on: on(),
        }),
        mail: block('A mail.', {
          host: text('The SMTP server.', { examples: ['smtp.hq.example'] }),
          port: count('Its port.', { min: 1, max: 65_535 }, { default: 25 }),
          tls: choice(
            'none: in the clear; starttls: refused without it; implicit: from the first byte.',
            ['none', 'starttls', 'implicit'],
            { default: 'starttls' },
          ),
          user: text('The account, where the server wants one.'),
          password: secret('Where its password is found.'),
          from: text('The sender.', { examples: ['vdiskprep@hq.example'] }),
          to: texts('The recipients.'),
          on: on(),
        }),
      }),
    },
    { error: 'keys such as store: and notify:' },
  )
  .meta({
    title: 'vdiskprep settings',
    description: 'What holds for every command of a person or a machine. Holds references to secrets, never a secret.',
  })

export type SettingsFile = z.infer<typeof settingsFile>
