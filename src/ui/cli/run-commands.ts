import { Argument, Option, type Command } from 'commander'
import type { DecideOptions } from './commands/decide.ts'
import type { ListOptions } from './commands/list.ts'
import type { ShowOptions } from './commands/show.ts'
import type { DoctorOptions } from './commands/doctor.ts'
import type { PlanOptions } from './commands/plan.ts'
import type { ResumeOptions } from './commands/resume.ts'
import type { RunOptions } from './commands/run.ts'
import type { VerifyOptions } from './commands/verify.ts'
import type { CommonOptions, ScreenOptions } from './options.ts'
import { timeoutMs } from './calling/duration-option.ts'
import { timesOf } from './calling/times-option.ts'
import type { Commands } from './adding.ts'

/** Commands about runs: plan one, begin it, look at it, answer it. */
export function addRunCommands({ add, does }: Commands): void {
  byHand(onLab(kept(add('plan <file>', 'what a run would do now; changes nothing', 'vdiskprep plan w11.yaml'))))
    .addHelpText('after', OUTLOOKS)
    .action((file: string, options: PlanOptions) =>
      does(async (...at) => (await import('./commands/plan.ts')).plan(file, options, ...at)),
    )
  addDoctor({ add, does })
  byHand(
    keyed(onLab(called(add('run <file>', 'prepare the vDisks of a workflow file', 'vdiskprep run w11.yaml --plan 4f1c09ab')))),
  )
    .option('--plan <hash>', 'refuse to begin when the plan of now is another one')
    .addHelpText('after', CALLERS)
    .action((file: string, options: RunOptions) =>
      does(async (...at) => (await import('./commands/run.ts')).run(file, options, ...at)),
    )
  byHand(
    keyed(
      onLab(
        called(
          add(
            'verify <files...>',
            'look at clones of a sealed vDisk: are their CMIDs distinct, are they licensed?',
            'vdiskprep verify w11.yaml --since',
          ),
        ),
      ),
    ),
  )
    .option('--version <number>', 'the canaries have to boot this version of the vDisk')
    .option('--since [version]', 'tell what has drifted since this version (or run) sealed it; alone: since the last')
    .option('--watch [every]', 'begin no run: look at the clones that are up, again every 10m or as said')
    .action((files: readonly string[], options: VerifyOptions) =>
      does(async (...at) => (await import('./commands/verify.ts')).verify(files, options, ...at)),
    )
  byHand(
    called(add('resume [run]', 'take a run up where it stands (default: the newest), or all of a file', 'vdiskprep resume 8k2')),
  )
    .option('--inventory <file>', 'use these hosts instead of those the run began with')
    .addHelpText('after', WHOSE_RUN)
    .action((run: string | undefined, options: ResumeOptions) =>
      does(async (...at) => (await import('./commands/resume.ts')).resume(run, options, ...at)),
    )
  addLookCommands({ add, does })
}

/** Commands that look at runs and answer them. */
function addLookCommands({ add, does }: Pick<Commands, 'add' | 'does'>): void {
  kept(add('status [run]', 'where a run stands', 'vdiskprep status 8k2')).action(
    (run: string | undefined, options: CommonOptions) =>
      does(async (...at) => (await import('./commands/show.ts')).status(run, options, ...at)),
  )
  drawn(kept(add('attach [run]', 'watch a run that another process drives, and decide in it', 'vdiskprep attach 8k2'))).action(
    (run: string | undefined, options: ScreenOptions) =>
      does(async (...at) => (await import('./commands/attach.ts')).attach(run, options, ...at)),
  )
  drawn(kept(add('list [vDisk]', 'all runs or those of a vDisk, those that need a person first', 'vdiskprep list --watch')))
    .option('--open', 'without those that have ended')
    .option('--watch', 'stay and follow them, on a terminal')
    .action((vDisk: string | undefined, options: ListOptions) =>
      does(async (...at) => (await import('./commands/list.ts')).list(vDisk, options, ...at)),
    )
  drawn(kept(add('show [run]', 'the whole story of a run', 'vdiskprep show 8k2 --replay')))
    .option('--replay', 'play it on a terminal as it happened')
    .option('--speed <times>', 'so many times as fast (default: 60)', timesOf)
    .action((run: string | undefined, options: ShowOptions) =>
      does(async (...at) => (await import('./commands/show.ts')).show(run, options, ...at)),
    )
  kept(add('decide', 'answer a run that waits for a person', 'vdiskprep decide 8k2 approve --reason "checked with the team"'))
    .addArgument(
      new Argument('<run>', 'id of the run or its beginning, or the name of the vDisk; RUN@LINE: only as it was seen then'),
    )
    .addArgument(
      new Argument('<decision>', 'what you decide').choices(['approve', 'retry', 'mark-done', 'skip', 'abort', 'take-over']),
    )
    .option('--option <name>', 'which of the offered ways you approve')
    .option('--reason <text>', 'why, for those who read the record later')
    .option('--yes', 'ask nothing more, however much it costs')
    .addHelpText('after', DECISIONS)
    .action((run: string, decision: 'approve', options: DecideOptions) =>
      does(async (...at) => (await import('./commands/decide.ts')).decide(run, decision, options, ...at)),
    )
}

/** What stands in the way of a run, without one. */
function addDoctor({ add, does }: Pick<Commands, 'add' | 'does'>): void {
  byHand(
    keyed(
      onLab(
        called(
          add(
            'doctor [file]',
            'what stands in the way of a run, on every host; changes nothing',
            'vdiskprep doctor w11.yaml --only map',
          ),
        ),
      ),
    ),
  )
    .option('--only <names>', 'only these checks, by id, first word, group or topic: privilege.stream,driver,pvs,map', listed)
    .option('--skip <names>', 'without these checks', listed)
    .option('--all', 'also what is in order or does not apply')
    .option('--explain [names]', 'what a check looks at and what helps; without a name all of them')
    .option('--fix <check>', 'begin a run that mends what this check found, after an approval')
    .option('--junit <file>', 'write the findings as JUnit XML too')
    .option('--sarif <file>', 'write them as a SARIF 2.1.0 log too')
    .addHelpText('after', DOCTOR_EXITS)
    .action((file: string | undefined, options: DoctorOptions) =>
      does(async (...at) => (await import('./commands/doctor.ts')).doctor(file, options, ...at)),
    )
}

const NAME = 'a name recorded beside the login, as a claim'

/** Names after one or several options, with commas between them. */
function listed(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...value.split(',').filter((name) => name !== '')]
}

const OUTLOOKS = `
What is said of a step:
  satisfied  it is so already          will act  a run would change this
  left out   nobody wants it           BLOCKED   a run would hold here
  not known  what decides it cannot be read yet, and is not guessed: Windows
             tells it once the target has booted from the open disk. A run looks
             by itself before each step. To know it before: boot the target from
             the open disk and plan again; where a run has to open the disk, let
             it ask before a step (approvals: in the workflow).
  The last rearm counters that a run wrote down: vdiskprep doctor FILE

Exit codes:
  0 nothing is blocked   4 a step is blocked`

const DOCTOR_EXITS = `
Exit codes:
  0 nothing would hold a run   4 something is not known   5 a check failed`

function kept(command: Command): Command {
  return command
    .option('--store <file>', 'the database of runs (default: VDISKPREP_STORE, else in the state folder)')
    .option('--as <name>', NAME)
}

/** Commands that draw a screen on a terminal. */
function drawn(command: Command): Command {
  return command.option('--plain', 'a line for each event instead of a screen: for screen readers')
}

/** Commands that drive runs, for those who call them. */
function called(command: Command): Command {
  return drawn(kept(command))
    .addOption(
      new Option('--wait-for <what>', 'stay until the run is held, or until it is done (default: held)').choices([
        'held',
        'done',
      ]),
    )
    .option(
      '--timeout <duration>',
      'leave after this long of real time, such as 2h: exit code 10, at a safe point; an act under way is waited for, within its own limit',
      timeoutMs,
    )
    .option('--metrics <file>', 'write metrics of all runs as OpenMetrics text')
    .option('--traces <url>', 'send runs that end to a collector: OTLP over HTTP, .../v1/traces')
}

function keyed(command: Command): Command {
  return command.option('--key <name>', 'your name for what you want: asked for twice, it is begun once')
}

/** Commands that ask hosts, where no wire leads to them. */
function byHand(command: Command): Command {
  return command
    .option('--by-hand <folder>', 'people carry each question to its host in this folder, and the answer back')
    .option('--folder-there <path>', 'how the hosts call that folder, such as E:\\vdp')
}

function onLab(command: Command): Command {
  return command
    .option('--inventory <file>', 'use these hosts instead of those the workflow file names')
    .option('--lab <farm>', 'on a simulated farm that lives as long as this command')
}

const CALLERS = `
Called by cron, a task scheduler or a pipeline: files to begin with are in examples/callers.`

const WHOSE_RUN = `
RUN is an id or its beginning, or the name of a vDisk. With a workflow file (resume w11.yaml) all its runs that have not ended are taken up.
A run that nobody drives may be taken up by anybody, whoever began it; its record (show) names who did what.
Only one whose owner still drives it, or hangs, wants first:  vdiskprep decide RUN take-over`

const DECISIONS = `
Decisions:
  approve     allow what the run asks for; at a hold --option names which way
  retry       look again, and act again where that is safe
  mark-done   "it is done": refused unless the same proof is found
  skip        go on without this, where the procedure allows it
  abort       end the run; what it changed on devices and services is put back, once it is resumed;
              the image stays as it is: open if it was opened, a rearm spent if it was spent
  take-over   its owner is dead or must stop: it can change nothing any more`
