using System.Security.Cryptography;
using System.Text;

namespace Linkage.Core.Reporting;

/// <summary>How the report looks, and the policy that lets a browser load this style and nothing else.</summary>
internal static class ReportStyle
{
    /// <summary>
    /// The style sheet. It has no quote, ampersand or angle bracket: HTML reads a style element raw and XML does not,
    /// and both must see the very text that was hashed.
    /// </summary>
    public const string Css =
        """
        :root { color-scheme: light dark; --paper: #ffffff; --ink: #1b2026; --soft: #545d68; --line: #d5dae0;
          --tint: #f3f5f8; --match: #1a5fb4; --possible: #b45309; --other: #77818d; --alert: #9a3412;
          --alert-tint: #fff4e8; }
        @media (prefers-color-scheme: dark) { :root { --paper: #14181d; --ink: #e7eaee; --soft: #a9b2bd;
          --line: #39414b; --tint: #1d232a; --match: #78aeff; --possible: #f2a65a; --other: #8e99a6; --alert: #ffb98a;
          --alert-tint: #2e2219; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink);
          font: 1rem/1.55 system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif; }
        h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.01em; }
        h2 { margin: 2.75rem 0 0.5rem; padding-top: 0.9rem; border-top: 1px solid var(--line); font-size: 1.3rem; }
        p { margin: 0.5rem 0; max-width: 46rem; }
        a { color: var(--match); }
        nav ul { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; margin: 0.8rem 0 0; padding: 0; list-style: none;
          font-size: 0.92rem; }
        .soft { color: var(--soft); }
        .lead { margin-top: 1rem; font-size: 1.15rem; }
        .alert { margin: 1rem 0; padding: 0.75rem 1rem; max-width: none; border-left: 4px solid var(--alert);
          background: var(--alert-tint); color: var(--ink); }
        .alert ul { margin: 0.2rem 0; padding-left: 1.1rem; }
        .alert li { margin: 0.3rem 0; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 0.75rem;
          margin: 1.25rem 0; }
        .cards div { padding: 0.8rem 1rem; border: 1px solid var(--line); border-radius: 0.5rem;
          background: var(--tint); }
        .cards dt { font-weight: 600; color: var(--soft); }
        .cards dd { margin: 0; }
        .cards .figure { font-size: 1.9rem; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums; }
        .cards .match .figure { color: var(--match); }
        .cards .possible .figure { color: var(--possible); }
        .cards .note { font-size: 0.87rem; color: var(--soft); }
        .scroll { margin: 0.9rem 0; overflow-x: auto; }
        table { border-collapse: collapse; font-size: 0.94rem; }
        caption { padding: 0 0 0.4rem; text-align: left; font-weight: 600; }
        th, td { padding: 0.32rem 0.9rem 0.32rem 0; border-bottom: 1px solid var(--line); text-align: left;
          vertical-align: baseline; font-weight: 400; }
        thead th { color: var(--soft); font-size: 0.86rem; vertical-align: bottom; }
        tbody th { min-width: 7rem; }
        th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        tr.group th { padding-top: 0.9rem; font-weight: 650; }
        td svg, th svg { display: inline-block; margin-left: 0.6rem; vertical-align: baseline; }
        .facts th { min-width: 11rem; color: var(--soft); }
        code { font: 0.9em ui-monospace, Cascadia Mono, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
        .flag { padding: 0 0.4em; border: 1px solid var(--alert); border-radius: 0.7em; color: var(--alert);
          font-size: 0.8em; white-space: nowrap; }
        figure { margin: 1.1rem 0; overflow-x: auto; }
        figure svg { display: block; width: 100%; min-width: 34rem; max-width: 60rem; height: auto; }
        figcaption { margin-bottom: 0.4rem; font-weight: 600; }
        svg text { fill: var(--ink); font-size: 12px; }
        svg .soft { fill: var(--soft); }
        svg .axis { stroke: var(--soft); }
        svg .grid { stroke: var(--line); }
        svg .limit { stroke: var(--ink); stroke-dasharray: 5 3; }
        svg .curve { stroke: var(--match); stroke-width: 2; }
        svg .track { fill: var(--line); }
        svg .match { fill: var(--match); }
        svg .possible { fill: var(--possible); }
        svg .other { fill: var(--other); }
        svg .reach { stroke: var(--other); stroke-width: 2; }
        svg .used { stroke: var(--match); stroke-width: 2.5; }
        svg .disordered { stroke: var(--alert); stroke-width: 2.5; }
        @media print { :root { --paper: #ffffff; --ink: #000000; --soft: #444444; --line: #bbbbbb; --tint: #ffffff;
          --match: #1a5fb4; --possible: #b45309; --other: #77818d; --alert: #9a3412; --alert-tint: #ffffff; }
          body { padding: 0; max-width: none; font-size: 10pt; } nav { display: none; }
          .cards { grid-template-columns: repeat(4, 1fr); }
          .scroll, figure { overflow: visible; } figure svg { min-width: 0; }
          figure, tr, .cards div { break-inside: avoid; } h2 { break-after: avoid; } }
        """;

    /// <summary>The content security policy: this very style sheet by its hash, and nothing more.</summary>
    public static string Policy { get; } =
        "default-src 'none'; img-src 'none'; base-uri 'none'; form-action 'none'; "
        + $"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'";
}
