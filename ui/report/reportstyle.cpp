// SPDX-License-Identifier: GPL-3.0-or-later
//! Colours come from the theme's table, so that window and report cannot drift apart.
#include "ui/report/reportstyle.h"

#include "ui/shared/theme.h"

namespace tallystick {

namespace {

QString variables(theme::Scheme scheme)
{
    using theme::Role;
    struct Name
    {
        const char* name;
        Role role;
    };
    QString css;
    for (const Name each : {Name{"window", Role::Window}, Name{"surface", Role::Surface},
                            Name{"hairline", Role::Hairline}, Name{"text", Role::Text},
                            Name{"secondary", Role::Secondary}, Name{"accent", Role::Accent},
                            Name{"positive", Role::Positive}, Name{"negative", Role::Negative},
                            Name{"warning", Role::Warning}})
        css += QStringLiteral("--%1:%2;")
                   .arg(QLatin1String(each.name), theme::color(each.role, scheme).name());
    for (int ink = 0; ink < 5; ++ink)
        css += QStringLiteral("--ink%1:%2;").arg(ink).arg(theme::seriesColor(ink, scheme).name());
    return css;
}

constexpr const char* layout = R"(
*{box-sizing:border-box}
body{margin:0;background:var(--window);color:var(--text);
 font:14px/1.45 "Noto Sans",system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;
 font-variant-numeric:tabular-nums}
main{max-width:1024px;margin:0 auto;padding:32px 24px 64px}
h1{font-size:26px;line-height:1.25;margin:0 0 4px}
h1+.panel{margin-top:16px}
h2{font-size:16px;margin:32px 0 8px}
h3{font-size:13px;margin:20px 0 4px}
p{margin:4px 0 8px}
.quiet,th,svg text{color:var(--secondary);fill:var(--secondary)}
.card{background:var(--surface);border:1px solid var(--hairline);border-left:4px solid var(--tone);
 border-radius:8px;padding:16px 24px;margin:16px 0}
.word{font-size:26px;font-weight:600;color:var(--tone)}
.pass,.valid{--tone:var(--positive)}
.violated,.invalid{--tone:var(--negative)}
.unknown,.sloMiss{--tone:var(--warning)}
.idle{--tone:var(--secondary)}
.chip{color:var(--tone);font-weight:600}
.numbers{display:flex;flex-wrap:wrap;gap:8px 40px;margin:16px 0}
.numbers b{display:block;font-size:20px;font-weight:600}
.panel{background:var(--surface);border:1px solid var(--hairline);border-radius:8px;
 padding:4px 16px 12px;overflow-x:auto}
table{border-collapse:collapse;width:100%}
th{font-size:11px;font-weight:500;letter-spacing:.3px;text-align:left}
th,td{padding:6px 12px 6px 0;border-bottom:1px solid var(--hairline);vertical-align:top}
tr:last-child td{border-bottom:0}
td:first-child{white-space:nowrap}
.n{text-align:right;white-space:nowrap}
td.n,th.n{padding-right:20px}
.wrong td{color:var(--negative)}
code,bdi,pre{font:12px/1.5 "DejaVu Sans Mono",ui-monospace,Menlo,Consolas,monospace;
 overflow-wrap:anywhere}
pre{white-space:pre-wrap;margin:8px 0;padding:12px 16px;background:var(--surface);
 border:1px solid var(--hairline);border-radius:8px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 24px;margin:8px 0}
dt{color:var(--secondary)}
dd{margin:0;overflow-wrap:anywhere}
a{color:var(--accent)}
svg{display:block;width:100%;height:auto}
svg.defs{position:absolute;width:0;height:0}
svg text{font-size:11px}
.grid{stroke:var(--text);stroke-opacity:.1;stroke-width:1}
polyline{fill:none;stroke-width:1.75;stroke-linejoin:round}
.legend{display:flex;flex-wrap:wrap;gap:2px 20px;font-size:12px;margin-left:64px}
.legend i{display:inline-block;width:14px;height:3px;border-radius:2px;margin-right:6px;
 vertical-align:middle}
.o-ok{fill:var(--ink0)}
.o-replayed{fill:var(--ink3)}
.o-refused{fill:var(--ink1)}
.o-failed{fill:var(--ink2)}
.o-unknown{fill:var(--ink4)}
.wait{fill-opacity:.25}
.rest{fill-opacity:.55}
.hatched{fill:url(#hatch)}
.hatch{fill:var(--text);fill-opacity:.55}
section{break-before:page}
section:first-of-type{break-before:auto}
details summary{cursor:pointer;color:var(--secondary);margin-top:16px}
@media print{
 body{background:#fff;font-size:11px}
 main{max-width:none;padding:0}
 .card,.panel,tr,svg{break-inside:avoid}
 h2,h3{break-after:avoid}
 details{display:none}
}
)";

} // namespace

QString reportStyleSheet()
{
    QString css = QStringLiteral(":root{color-scheme:light dark;%1}"
                                 "@media screen and (prefers-color-scheme:dark){:root{%2}}")
                      .arg(variables(theme::Scheme::Light), variables(theme::Scheme::Dark));
    css += QLatin1String(layout);
    for (int ink = 0; ink < 5; ++ink)
        css += QStringLiteral(".ink%1{stroke:var(--ink%1)}.dot%1{fill:var(--ink%1)}"
                              ".legend .bg%1{background:var(--ink%1)}\n")
                   .arg(ink);
    return css;
}

QString hatchDefinition()
{
    return QStringLiteral("<svg class=\"defs\" aria-hidden=\"true\"><defs>"
                          "<pattern id=\"hatch\" width=\"5\" height=\"5\" "
                          "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
                          "<rect class=\"hatch\" width=\"1.4\" height=\"5\"/></pattern>"
                          "</defs></svg>");
}

} // namespace tallystick
