/** What Windows says to people, in English, German and Japanese. Win32 and PowerShell texts are their known translations; those of the
 *  licensing service are the lab's own wording: what matters of them is that they are not English. */
const table: readonly (readonly [english: string, german: string, japanese: string])[] = [
  ['Access is denied.', 'Zugriff verweigert', 'アクセスが拒否されました。'],
  ['The parameter is incorrect.', 'Falscher Parameter.', 'パラメーターが間違っています。'],
  [
    'The user name or password is incorrect.',
    'Der Benutzername oder das Kennwort ist falsch.',
    'ユーザー名またはパスワードが正しくありません。',
  ],
  [
    'The specified domain either does not exist or could not be contacted.',
    'Die angegebene Domäne ist nicht vorhanden, oder es konnte keine Verbindung hergestellt werden.',
    '指定されたドメインがないか、またはアクセスできません。',
  ],
  [
    'No mapping between account names and security IDs was done.',
    'Zuordnungen von Kontennamen und Sicherheitskennungen wurden nicht durchgeführt.',
    'アカウント名とセキュリティ ID の間のマッピングは実行されませんでした。',
  ],
  [
    'The system cannot find the file specified.',
    'Das System kann die angegebene Datei nicht finden.',
    '指定されたファイルが見つかりません。',
  ],
  [
    'The process cannot access the file because it is being used by another process.',
    'Der Prozess kann nicht auf die Datei zugreifen, da sie von einem anderen Prozess verwendet wird.',
    'プロセスはファイルにアクセスできません。別のプロセスが使用中です。',
  ],
  [
    'Cannot create a file when that file already exists.',
    'Eine Datei kann nicht erstellt werden, wenn sie bereits vorhanden ist.',
    '既に存在するファイルを作成することはできません。',
  ],
  ['Cannot find path', 'Der Pfad kann nicht gefunden werden:', 'パスが見つかりません:'],
  ['because it does not exist', 'da er nicht vorhanden ist', '存在しないため'],
  ['Cannot find any service with service name', 'Es kann kein Dienst gefunden werden:', 'サービスが見つかりません:'],
  [
    'No events were found that match the specified selection criteria.',
    'Es wurden keine Ereignisse gefunden, die den angegebenen Auswahlkriterien entsprechen.',
    '指定した選択条件に一致するイベントが見つかりませんでした。',
  ],
  ['Exception calling', 'Ausnahme beim Aufrufen von', '例外が発生しました:'],
  ['argument(s)', 'Argument(en)', '個の引数'],
  ['Invalid class', 'Ungültige Klasse', '無効なクラス'],
  ['DNS name does not exist', 'Der DNS-Name ist nicht vorhanden', 'DNS 名がありません'],
  ['The RPC server is unavailable.', 'Der RPC-Server ist nicht verfügbar.', 'RPC サーバーを利用できません。'],
  [
    'Successfully processed 1 files; Failed processing 0 files',
    '1 Dateien erfolgreich verarbeitet, bei 0 Dateien ist ein Verarbeitungsfehler aufgetreten.',
    '1 個のファイルが正常に処理されました。0 個のファイルを処理できませんでした',
  ],
  ['error:', 'Fehler:', 'エラー:'],
  [
    'The trusted data store was rearmed.',
    'Der vertrauenswürdige Datenspeicher wurde neu aktiviert.',
    '信頼されたデータ ストアが再アームされました。',
  ],
  [
    'The consumption of the license has failed.',
    'Die Lizenz konnte nicht verwendet werden.',
    'ライセンスを使用できませんでした。',
  ],
  ['The product key is not available.', 'Der Product Key ist nicht verfügbar.', 'プロダクト キーは利用できません。'],
  ['The product key is invalid.', 'Der Product Key ist ungültig.', 'プロダクト キーが無効です。'],
  ['The product SKU is not found.', 'Die Produkt-SKU wurde nicht gefunden.', '製品の SKU が見つかりません。'],
  [
    'No Key Management Service (KMS) could be contacted.',
    'Es konnte kein Schlüsselverwaltungsdienst erreicht werden.',
    'キー管理サービスに接続できませんでした。',
  ],
  [
    'The count reported by your Key Management Service (KMS) is insufficient.',
    'Die vom Schlüsselverwaltungsdienst gemeldete Anzahl reicht nicht aus.',
    'キー管理サービスのカウントが不足しています。',
  ],
  [
    'The Software Licensing Service reported an error.',
    'Der Softwarelizenzierungsdienst hat einen Fehler gemeldet.',
    'ソフトウェア ライセンス サービスがエラーを報告しました。',
  ],
  [
    'The Software Protection service has completed licensing status check.',
    'Der Softwareschutzdienst hat die Überprüfung des Lizenzstatus abgeschlossen.',
    'ソフトウェア保護サービスがライセンス状態の確認を完了しました。',
  ],
  ['The client has', 'Der Client hat', 'クライアントは'],
]

/** A text of Windows in its language; what has no translation here stays English. */
export function spoken(language: string, english: string): string {
  const column = { de: 1, ja: 2 }[language.slice(0, 2)]
  if (column === undefined) return english
  return table.reduce((text, words) => text.replaceAll(words[0], words[column] ?? ''), english)
}

/** Names of accounts and groups on a German Windows, by their English names; a Japanese one has the English names. */
const german: Readonly<Record<string, string>> = {
  Everyone: 'Jeder',
  'NT AUTHORITY\\SERVICE': 'NT-AUTORITÄT\\DIENST',
  'NT AUTHORITY\\Authenticated Users': 'NT-AUTORITÄT\\Authentifizierte Benutzer',
  'NT AUTHORITY\\SYSTEM': 'NT-AUTORITÄT\\SYSTEM',
  'NT AUTHORITY\\LOCAL SERVICE': 'NT-AUTORITÄT\\LOKALER DIENST',
  'NT AUTHORITY\\NETWORK SERVICE': 'NT-AUTORITÄT\\NETZWERKDIENST',
  'BUILTIN\\Administrators': 'VORDEFINIERT\\Administratoren',
  'BUILTIN\\Users': 'VORDEFINIERT\\Benutzer',
}

/** The name of a well-known account or group in the language of a Windows. */
export function accountIn(language: string, english: string): string {
  return language.startsWith('de') ? (german[english] ?? english) : english
}
