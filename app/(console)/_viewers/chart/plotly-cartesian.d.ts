declare module "plotly.js-cartesian-dist-min" {
  interface Figure {
    data: object[];
    layout: object;
    frames?: object[] | undefined;
    config?: object;
  }
  interface Plotly {
    react(root: HTMLElement, figure: Figure): Promise<HTMLElement>;
    purge(root: HTMLElement): void;
    toImage(root: HTMLElement, options: { format: "svg"; imageDataOnly: true }): Promise<string>;
    PlotSchema: { get(): { traces: Record<string, unknown> } };
  }
  const plotly: Plotly;
  export default plotly;
}
