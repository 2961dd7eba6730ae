import { expect, type Locator, type Page, test as base } from "@playwright/test";

export const mfaScenario = "Terminating an instance needs MFA";
export const firstTitle = "What the application may do: its policy within its boundary";

/** How pages are looked at with axe: both widths and both themes, each once. */
export const looks = [
  { width: 390, colorScheme: "dark" },
  { width: 1280, colorScheme: "light" },
] as const;

/** mortalEngines makes a page's engines ones that can be killed, as when the browser runs out of memory; it gives the deed. */
export async function mortalEngines(page: Page): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    const workers: Worker[] = [];
    const Original = Worker;
    Object.assign(window, { workers });
    window.Worker = class extends Original {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        workers.push(this);
      }
    };
  });
  return () =>
    page.evaluate(() => {
      const { workers } = window as unknown as { workers: Worker[] };
      workers.at(-1)?.dispatchEvent(new MessageEvent("message", { data: { kind: "dead", reason: "a test" } }));
    });
}

/** The page as a person uses it. */
export class Playground {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto("/");
    await this.live();
  }

  /** live waits for the engine's first answer. */
  async live(): Promise<void> {
    await expect(this.page.getByText("Live", { exact: true })).toBeVisible();
  }

  async choose(title: string): Promise<void> {
    await this.page.getByRole("button", { name: "Scenarios", exact: true }).click();
    await this.page.locator("#scenarios").getByRole("button", { name: title, exact: true }).click();
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText(title);
  }

  /** The verdict's line. */
  get headline(): Locator {
    return this.page.locator("#decision .headline").first();
  }

  get decision(): Locator {
    return this.page.getByRole("region", { name: "Decision" });
  }

  /** The form of the selected request. */
  get request(): Locator {
    return this.page.getByRole("region", { name: "Request", exact: true });
  }

  /** A radio button of a key's state, or of a value that is true or false. */
  choice(group: string, option: string, within = this.request): Locator {
    return within
      .getByRole("radiogroup", { name: group, exact: true })
      .getByRole("radio", { name: option, exact: true });
  }

  get notices(): Locator {
    return this.page.getByRole("region", { name: "Notices" });
  }

  /** Does a command of the menu. */
  async command(title: string): Promise<void> {
    await this.page.getByRole("button", { name: "More", exact: true }).click();
    await this.page.locator("#more").getByRole("button", { name: title, exact: true }).click();
  }

  /** Opens the dialog that reads whatever a person has. */
  async pasteSomething(): Promise<void> {
    await this.page
      .getByRole("banner")
      .getByRole("button", { name: /^Paste/ })
      .click();
  }

  get problems(): Locator {
    return this.page.getByRole("region", { name: "Problems" });
  }

  editor(policy: string): Locator {
    return this.page.getByRole("textbox", { name: `Policy ${policy}`, exact: true });
  }

  /** A line of a policy's editor. */
  line(policy: string, text: string): Locator {
    return this.editor(policy).locator(".cm-line", { hasText: text });
  }

  /** Replaces a quoted word by selecting and typing. Not every driver can double-click: the keyboard selects. */
  async retype(policy: string, line: string, word: string, by: string): Promise<void> {
    const quoted = this.line(policy, line).getByText(`"${word}"`, { exact: true });
    await quoted.click({ position: { x: 1, y: 8 } });
    await this.page.keyboard.press("ArrowRight");
    for (const _ of word) await this.page.keyboard.press("Shift+ArrowRight");
    await this.page.keyboard.type(by);
  }

  /** Pastes over whatever stands in an editor. */
  async paste(editor: Locator, text: string): Promise<void> {
    // A plain field stands in for the code editor until that is there.
    await expect(editor).toHaveClass(/cm-content/);
    await editor.click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await editor.evaluate((element, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      // Firefox takes the text apart from its event's clipboard.
      const alsoApart = { dataType: "text/plain", data: pasted };
      const init = { clipboardData, bubbles: true, cancelable: true, ...alsoApart };
      element.dispatchEvent(new ClipboardEvent("paste", init));
    }, text);
  }

  /** What the live region says. */
  get status(): Locator {
    return this.page.getByRole("status");
  }
}

/** Every test fails on an error of the page, and on anything that its policy refused. */
export const test = base.extend<{ playground: Playground; complaints: string[] }>({
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (message.text().includes("Content Security Policy")) complaints.push(message.text());
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
  playground: async ({ page }, use) => use(new Playground(page)),
});

export { expect };
