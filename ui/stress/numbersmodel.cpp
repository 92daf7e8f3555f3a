// SPDX-License-Identifier: GPL-3.0-or-later
//! The series by value, exchanged as a whole: buckets merge while a run grows.
#include "ui/stress/numbersmodel.h"

#include "ui/report/runseries.h"
#include "ui/shared/format.h"

#include <array>

namespace tallystick {

namespace {

double perSecond(qint64 count, const SeriesPoint& point)
{
    return point.bucketSeconds > 0 ? static_cast<double>(count) / point.bucketSeconds : 0;
}

} // namespace

NumbersModel::NumbersModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void NumbersModel::setSeries(const QList<SeriesPoint>& series)
{
    const auto before = static_cast<int>(m_series.size());
    const auto after = static_cast<int>(series.size());
    if (after < before) {
        beginResetModel();
        m_series = series;
        endResetModel();
        return;
    }
    if (after > before)
        beginInsertRows({}, before, after - 1);
    m_series = series;
    if (after > before)
        endInsertRows();
    if (before > 0)
        emit dataChanged(index(0, 0), index(before - 1, ColumnCount - 1));
}

int NumbersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_series.size());
}

int NumbersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant NumbersModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const SeriesPoint& point = m_series[index.row()];
    const auto rate = [&](qint64 count) {
        return valueText(perSecond(count, point), Measure::PerSecond);
    };
    const auto time = [&](qint64 micros) {
        return point.response.count > 0 ? format::duration(micros) : QStringLiteral("–");
    };
    switch (index.column()) {
    case Second:
        return QString::number(point.atSeconds, 'f', 1);
    case Ok:
        return rate(point.ok);
    case Refused:
        return rate(point.refused);
    case Failed:
        return rate(point.failed);
    case Unknown:
        return rate(point.unknown);
    case P50:
        return time(point.response.p50);
    case P95:
        return time(point.response.p95);
    case P99:
        return time(point.response.p99);
    case Max:
        return time(point.response.max);
    case WaitingForLock:
        return point.waitingForLock;
    case WaitingForCommit:
        return point.waitingForCommit;
    default:
        return {};
    }
}

QVariant NumbersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    static constexpr std::array<const char*, ColumnCount> heads{
        QT_TR_NOOP("Second"),    QT_TR_NOOP("Ok"),       QT_TR_NOOP("Refused"),
        QT_TR_NOOP("Failed"),    QT_TR_NOOP("Unknown"),  QT_TR_NOOP("p50"),
        QT_TR_NOOP("p95"),       QT_TR_NOOP("p99"),      QT_TR_NOOP("Max"),
        QT_TR_NOOP("At a lock"), QT_TR_NOOP("At commit")};
    return tr(heads.at(static_cast<size_t>(section)));
}

QString NumbersModel::csv() const
{
    QString text = QStringLiteral("at_seconds,bucket_seconds,ok,refused,failed,unknown,p50_micros,"
                                  "p95_micros,p99_micros,max_micros,waiting_for_lock,"
                                  "waiting_for_commit\n");
    for (const SeriesPoint& point : m_series) {
        QStringList cells{QString::number(point.atSeconds, 'g', 10),
                          QString::number(point.bucketSeconds, 'g', 10)};
        for (const qint64 number : {point.ok, point.refused, point.failed, point.unknown,
                                    point.response.p50, point.response.p95, point.response.p99,
                                    point.response.max, static_cast<qint64>(point.waitingForLock),
                                    static_cast<qint64>(point.waitingForCommit)})
            cells.append(QString::number(number));
        text += cells.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return text;
}

} // namespace tallystick
