// SPDX-License-Identifier: GPL-3.0-or-later
//! A run only adds entries and finishes them, so rows are inserted and changed, never reset.
#include "ui/stress/operationsmodel.h"

#include "ui/report/runwords.h"
#include "ui/report/timelinelayout.h"
#include "ui/shared/format.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/words.h"

namespace tallystick {

namespace {

QString measured(qint64 micros)
{
    return micros < 0 ? QStringLiteral("–") : format::duration(micros);
}

theme::Role colorOf(const QString& outcome)
{
    if (outcome == QLatin1String("failed"))
        return theme::Role::Negative;
    return outcome == QLatin1String("unknown") ? theme::Role::Warning : theme::Role::Text;
}

} // namespace

OperationsModel::OperationsModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void OperationsModel::setTimeline(const QList<TimelineEntry>& timeline)
{
    QList<int> overlaps;
    for (int i = 0; i < timeline.size(); ++i)
        overlaps.append(overlapsOf(timeline, i));
    const auto before = static_cast<int>(m_timeline.size());
    const auto after = static_cast<int>(timeline.size());
    if (after < before) { // another run
        beginResetModel();
        m_timeline = timeline;
        m_overlaps = overlaps;
        endResetModel();
        return;
    }
    if (after > before)
        beginInsertRows({}, before, after - 1);
    m_timeline = timeline;
    m_overlaps = overlaps;
    if (after > before)
        endInsertRows();
    if (before > 0)
        emit dataChanged(index(0, 0), index(before - 1, ColumnCount - 1));
}

int OperationsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_timeline.size());
}

int OperationsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant OperationsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TimelineEntry& entry = m_timeline[index.row()];
    if (role == Qt::TextAlignmentRole) {
        const bool isText = index.column() == Operation || index.column() == EndedAs;
        return QVariant((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role == ColorRole && index.column() == EndedAs && entry.finished)
        return int(colorOf(entry.outcome));
    if (role == Qt::ToolTipRole)
        return entrySentence(entry, m_overlaps[index.row()]);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Worker:
        return entry.worker;
    case Operation:
        return words::word(entry.operation);
    case Amount:
        return entry.amount.isZero() ? QStringLiteral("–") : format::amount(entry.amount);
    case Sent:
        return format::duration(entry.sentMicros);
    case LockWaited:
        return measured(entry.anatomy.lockWaitMicros);
    case Worked:
        return measured(entry.anatomy.workMicros);
    case Took:
        return measured(entry.finished ? entry.endMicros - entry.sentMicros : -1);
    case EndedAs:
        if (!entry.finished)
            return tr("under way");
        return entry.detail.isEmpty()
                   ? outcomeWord(entry.outcome)
                   : tr("%1: %2").arg(outcomeWord(entry.outcome), detailWords(entry.detail));
    case BalanceAfter:
        return entry.balance ? format::amount(*entry.balance) : QStringLiteral("–");
    case Overlapped:
        return m_overlaps[index.row()];
    default:
        return {};
    }
}

QVariant OperationsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool isText = section == Operation || section == EndedAs;
        return QVariant((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole)
        return {};
    static constexpr std::array<const char*, ColumnCount> heads{
        QT_TR_NOOP("Worker"),  QT_TR_NOOP("Operation"), QT_TR_NOOP("Amount, $"),
        QT_TR_NOOP("Sent at"), QT_TR_NOOP("Lock wait"), QT_TR_NOOP("Work"),
        QT_TR_NOOP("Took"),    QT_TR_NOOP("Outcome"),   QT_TR_NOOP("Balance, $"),
        QT_TR_NOOP("Overlaps")};
    return tr(heads.at(static_cast<size_t>(section)));
}

} // namespace tallystick
