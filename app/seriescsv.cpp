// SPDX-License-Identifier: GPL-3.0-or-later
//! The series of a report, a column each.
#include "app/seriescsv.h"

#include "app/output.h"

#include <functional>

namespace tallystick {

namespace {

struct SeriesColumn
{
    QString name;
    std::function<QString(const SeriesPoint&)> text;
};

QString seconds(double value)
{
    return QString::number(value, 'f', 3);
}

SeriesColumn counted(const char* name, qint64 SeriesPoint::*count)
{
    return {QString::fromLatin1(name),
            [count](const SeriesPoint& point) { return QString::number(point.*count); }};
}

SeriesColumn sampled(const char* name, int SeriesPoint::*sessions)
{
    return {QString::fromLatin1(name),
            [sessions](const SeriesPoint& point) { return QString::number(point.*sessions); }};
}

SeriesColumn measured(const char* name, Percentiles SeriesPoint::*of, qint64 Percentiles::*value)
{
    return {QString::fromLatin1(name), [of, value](const SeriesPoint& point) {
                const Percentiles& percentiles = point.*of;
                const bool saysNothing =
                    percentiles.count == 0 ||
                    (value == &Percentiles::p999 && percentiles.count < enoughForP999);
                return saysNothing ? QString() : QString::number(percentiles.*value);
            }};
}

QList<SeriesColumn> seriesColumns()
{
    return {
        {QStringLiteral("at_s"), [](const SeriesPoint& point) { return seconds(point.atSeconds); }},
        {QStringLiteral("length_s"),
         [](const SeriesPoint& point) { return seconds(point.bucketSeconds); }},
        counted("offered", &SeriesPoint::offered),
        counted("ok", &SeriesPoint::ok),
        counted("refused", &SeriesPoint::refused),
        counted("failed", &SeriesPoint::failed),
        counted("unknown", &SeriesPoint::unknown),
        counted("skipped", &SeriesPoint::skipped),
        counted("backlog", &SeriesPoint::backlog),
        measured("response_p50_us", &SeriesPoint::response, &Percentiles::p50),
        measured("response_p95_us", &SeriesPoint::response, &Percentiles::p95),
        measured("response_p99_us", &SeriesPoint::response, &Percentiles::p99),
        measured("response_p999_us", &SeriesPoint::response, &Percentiles::p999),
        measured("response_max_us", &SeriesPoint::response, &Percentiles::max),
        measured("lag_p99_us", &SeriesPoint::lag, &Percentiles::p99),
        measured("lock_wait_p99_us", &SeriesPoint::lockWait, &Percentiles::p99),
        measured("work_p99_us", &SeriesPoint::work, &Percentiles::p99),
        measured("rest_p99_us", &SeriesPoint::rest, &Percentiles::p99),
        sampled("waiting_for_lock", &SeriesPoint::waitingForLock),
        sampled("waiting_for_commit", &SeriesPoint::waitingForCommit),
        sampled("active", &SeriesPoint::active),
        sampled("idle", &SeriesPoint::idle),
    };
}

} // namespace

QByteArray seriesCsv(const Report& report)
{
    const QList<SeriesColumn> columns = seriesColumns();
    QStringList header;
    for (const SeriesColumn& column : columns)
        header << column.name;
    QList<QStringList> rows;
    for (const SeriesPoint& point : report.live.series) {
        QStringList row;
        for (const SeriesColumn& column : columns)
            row << column.text(point);
        rows << row;
    }
    return csv(header, rows);
}

} // namespace tallystick
