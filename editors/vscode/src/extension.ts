import { workspace, type ExtensionContext } from "vscode";
import { LanguageClient, type LanguageClientOptions } from "vscode-languageclient/node";

const LANGUAGES = ["sshd_config", "ssh_config"];

/** Starts the server for the two languages; the client stops it with the editor. */
export async function activate(context: ExtensionContext): Promise<void> {
  const settings = workspace.getConfiguration("sshkeep");
  const options: LanguageClientOptions = {
    documentSelector: LANGUAGES.map((language) => ({ language })),
    initializationOptions: settings,
    synchronize: { configurationSection: "sshkeep" },
  };
  const server = { command: settings.get("path", "sshkeep"), args: ["lsp"] };
  const client = new LanguageClient("sshkeep", "sshkeep", server, options);
  context.subscriptions.push(client);
  await client.start();
}
