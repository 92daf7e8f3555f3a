// SPDX-License-Identifier: GPL-3.0-or-later
//! The plain tables of an HTML report: outcomes, percentiles, waits, rows, manifest.
#include "ui/report/reportsections.h"
#include "ui/report/runwords.h"
#include "ui/report/svgchart.h"
#include "ui/shared/format.h"
#include "ui/shared/words.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>

#include <algorithm>

namespace tallystick::sections {

namespace {

struct ReportTables
{
    Q_DECLARE_TR_FUNCTIONS(ReportTables)
};

constexpr qsizetype maxWaitRows = 40;
constexpr qsizetype maxChainRows = 60;

QString outcomeRow(const QString& name, const OutcomeCounts& counts)
{
    QStringList cells{name};
    for (const qint64 count :
         {counts.issued(), counts.ok, counts.replayed, counts.refused, counts.failed,
          counts.unknown, counts.applied, counts.voided, counts.skipped, counts.unfinished})
        cells.append(count ? format::count(count) : QStringLiteral("–"));
    return row(cells, ".nnnnnnnnnn");
}

QString reasonTable(const QString& title, const QMap<QString, qint64>& counts)
{
    if (counts.isEmpty())
        return {};
    QString rows;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        rows += row({escaped(detailWords(it.key())), format::count(it.value())}, ".n");
    return table({title, ReportTables::tr("Operations")}, ".n", rows);
}

QString percentileRow(const QString& name, const Percentiles& percentiles)
{
    QStringList cells{escaped(name), format::count(percentiles.count)};
    const bool hasAny = percentiles.count > 0;
    for (const qint64 micros : {percentiles.p50, percentiles.p95, percentiles.p99})
        cells.append(hasAny ? escaped(format::duration(micros)) : QStringLiteral("–"));
    cells.append(percentiles.count >= enoughForP999 ? escaped(format::duration(percentiles.p999))
                                                    : QStringLiteral("–"));
    cells.append(hasAny ? escaped(format::duration(percentiles.max)) : QStringLiteral("–"));
    return row(cells, ".nnnnnn");
}

QString fact(const QString& name, const QString& value)
{
    return QStringLiteral("<dt>%1</dt><dd>%2</dd>").arg(escaped(name), escaped(value));
}

QString yesNo(bool is)
{
    return is ? ReportTables::tr("on") : ReportTables::tr("off");
}

/// The keys counter-examples name, to mark their rows.
QStringList exampleKeys(const Report& report)
{
    QStringList keys;
    for (const InvariantResult& invariant : report.invariants)
        if (invariant.validity != Validity::Valid)
            for (const Example& example : invariant.examples)
                keys.append(example.key.text());
    return keys;
}

QString chainTable(const Chain& chain, const QStringList& marked)
{
    QString rows;
    const qsizetype shown = std::min(chain.rows.size(), maxChainRows);
    const auto credits = [](const std::optional<Credits>& value) {
        return value ? escaped(format::amount(*value)) : QStringLiteral("–");
    };
    for (const ChainRow& each : chain.rows.first(shown))
        rows +=
            row({each.sequence ? QString::number(*each.sequence) : QStringLiteral("–"),
                 escaped(format::preciseTime(each.createdAt)),
                 escaped(words::word(each.type)) +
                     (each.active ? QString()
                                  : QStringLiteral(" ") + escaped(ReportTables::tr("(pending)"))),
                 escaped(format::signedAmount(each.amount)), credits(each.runningBalance),
                 QStringLiteral("<bdi>%1</bdi>").arg(escaped(each.key.text()))},
                "n..nn.", marked.contains(each.key.text()) ? "wrong" : "");
    QString note = ReportTables::tr("Stored balance: %1.")
                       .arg(chain.storedBalance ? format::money(*chain.storedBalance)
                                                : ReportTables::tr("no balance row"));
    if (shown < chain.rows.size())
        note += QLatin1Char(' ') + ReportTables::tr("The first %1 of %2 rows are shown.")
                                       .arg(format::count(shown), format::count(chain.rows.size()));
    return QStringLiteral("<h3><bdi>%1</bdi></h3>").arg(escaped(chain.user.text())) +
           table({ReportTables::tr("No."), ReportTables::tr("Time, UTC"), ReportTables::tr("Type"),
                  ReportTables::tr("Amount, $"), ReportTables::tr("Balance after, $"),
                  ReportTables::tr("Key")},
                 "n..nn.", rows) +
           QStringLiteral("<p class=\"quiet\">%1</p>").arg(escaped(note));
}

} // namespace

QString outcomes(const Report& report)
{
    QString rows;
    for (auto it = report.byOperation.begin(); it != report.byOperation.end(); ++it) {
        const std::optional<OperationKind> kind = operationNamed(it.key());
        rows += outcomeRow(escaped(kind ? words::word(*kind) : it.key()), it.value());
    }
    rows += outcomeRow(QStringLiteral("<b>%1</b>").arg(escaped(ReportTables::tr("All"))),
                       report.live.outcomes);
    return heading(ReportTables::tr("Outcomes")) +
           panel(table({ReportTables::tr("Operation"), ReportTables::tr("Issued"),
                        ReportTables::tr("Ok"), ReportTables::tr("Replayed"),
                        ReportTables::tr("Refused"), ReportTables::tr("Failed"),
                        ReportTables::tr("Unknown"), ReportTables::tr("Applied"),
                        ReportTables::tr("Voided"), ReportTables::tr("Skipped"),
                        ReportTables::tr("Unfinished")},
                       ".nnnnnnnnnn", rows) +
                 reasonTable(ReportTables::tr("Refused because"), report.live.refusedBy) +
                 reasonTable(ReportTables::tr("Failed because"), report.live.failedBy) +
                 reasonTable(ReportTables::tr("Unknown at first because"), report.live.doubtedBy));
}

QString percentiles(const Report& report)
{
    const QString meaning =
        report.scenario.open
            ? ReportTables::tr("Response counts from the moment an operation was due, service from "
                               "the moment it was sent; lag is what lies between. What was never "
                               "sent counts with the time it had waited.")
            : ReportTables::tr("Each client sends its next operation after the answer to the "
                               "last, so that these times understate what users see under "
                               "overload.");
    const QString lag =
        report.scenario.open ? percentileRow(ReportTables::tr("Lag"), report.lag) : QString();
    const QString rows = percentileRow(ReportTables::tr("Response"), report.response) +
                         percentileRow(ReportTables::tr("Service"), report.service) +
                         percentileRow(ReportTables::tr("Lock wait"), report.lockWait) + lag;
    return heading(ReportTables::tr("Times")) +
           panel(table({QString(), ReportTables::tr("Count"), QStringLiteral("p50"),
                        QStringLiteral("p95"), QStringLiteral("p99"), QStringLiteral("p99.9"),
                        ReportTables::tr("Max")},
                       ".nnnnnn", rows) +
                 QStringLiteral("<p class=\"quiet\">%1</p>").arg(escaped(meaning)));
}

QString lockWaits(const Report& report)
{
    const QList<LockWait>& waits =
        report.lockQueue.isEmpty() ? report.live.lockWaits : report.lockQueue;
    if (waits.isEmpty())
        return {};
    QString rows;
    for (const LockWait& wait : waits.first(std::min(waits.size(), maxWaitRows)))
        rows += row({escaped(workerName(wait.waiterName)), escaped(blockersOf(wait)),
                     escaped(format::duration(wait.waitedMicros)), escaped(wait.waitEvent),
                     QStringLiteral("<bdi>%1</bdi>")
                         .arg(wait.user ? escaped(wait.user->text()) : QStringLiteral("–"))},
                    "..n..");
    return heading(ReportTables::tr("Lock waits seen")) +
           panel(table({ReportTables::tr("Waiter"), ReportTables::tr("Waited for"),
                        ReportTables::tr("Waited"), ReportTables::tr("Lock"),
                        ReportTables::tr("User")},
                       "..n..", rows));
}

QString thresholds(const Report& report)
{
    if (report.thresholds.isEmpty())
        return {};
    QString rows;
    for (const ThresholdResult& each : report.thresholds)
        rows +=
            row({escaped(each.text),
                 QStringLiteral("<span class=\"chip %1\">%2</span>")
                     .arg(each.met ? QStringLiteral("valid") : QStringLiteral("invalid"),
                          escaped(each.met ? ReportTables::tr("met") : ReportTables::tr("missed"))),
                 QString::number(each.value, 'g', 4)},
                "..n");
    return heading(ReportTables::tr("Thresholds")) +
           panel(table({ReportTables::tr("Threshold"), ReportTables::tr("Verdict"),
                        ReportTables::tr("Measured, ms or /s")},
                       "..n", rows));
}

QString chains(const Report& report)
{
    if (report.chains.isEmpty() || report.verdict == Verdict::Pass)
        return {};
    const QStringList marked = exampleKeys(report);
    QString markup;
    for (const Chain& chain : report.chains)
        markup += chainTable(chain, marked);
    return heading(ReportTables::tr("Rows of the users concerned")) + panel(markup);
}

QString manifest(const Report& report)
{
    const ServerFacts& server = report.server;
    QString facts =
        fact(ReportTables::tr("Started"), format::time(report.startedAt) + QStringLiteral(" UTC")) +
        fact(ReportTables::tr("Scenario"), report.scenario.name) +
        fact(ReportTables::tr("Seed"), QString::number(report.scenario.seed)) +
        fact(ReportTables::tr("Operations hash"), report.operationsHash) +
        fact(ReportTables::tr("Server"), QStringLiteral("PostgreSQL %1").arg(server.version)) +
        fact(ReportTables::tr("Database"),
             QStringLiteral("%1, %2").arg(server.database, server.place)) +
        fact(ReportTables::tr("Settings"),
             QStringLiteral("synchronous_commit %1, fsync %2, "
                            "track_commit_timestamp %3, max_connections %4")
                 .arg(server.synchronousCommit, yesNo(server.fsync),
                      yesNo(server.trackCommitTimestamp))
                 .arg(server.maxConnections)) +
        fact(ReportTables::tr("Attempts"), format::count(report.attempts));
    if (!report.keptUsers.isEmpty())
        facts += fact(ReportTables::tr("Users still there"),
                      report.keptUsers.join(QStringLiteral(", ")));
    const QByteArray file = QJsonDocument(toJson(report.scenario)).toJson();
    const QString source =
        QStringLiteral("<details><summary>%1</summary><pre>%2</pre></details>")
            .arg(escaped(ReportTables::tr("The scenario file")), escaped(QString::fromUtf8(file)));
    return heading(ReportTables::tr("Run again")) +
           QStringLiteral("<p>%1</p><pre>%2</pre>")
               .arg(escaped(ReportTables::tr("The same seed gives the same operations:")),
                    escaped(replayCommand(report))) +
           heading(ReportTables::tr("Manifest")) + QStringLiteral("<dl>%1</dl>").arg(facts) +
           source;
}

} // namespace tallystick::sections
