// SPDX-License-Identifier: GPL-3.0-or-later
//! Longest first would hide the order they queued in, so the order given is kept.
#include "ui/stress/lockwaitsmodel.h"

#include "ui/report/runwords.h"
#include "ui/shared/format.h"
#include "ui/shared/hairlinetable.h"

namespace tallystick {

LockWaitsModel::LockWaitsModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void LockWaitsModel::setWaits(const QList<LockWait>& waits)
{
    beginResetModel();
    m_waits = waits;
    endResetModel();
}

int LockWaitsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_waits.size());
}

int LockWaitsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant LockWaitsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LockWait& wait = m_waits[index.row()];
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == Waited ? Qt::AlignRight : Qt::AlignLeft) |
                        Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return waitSentence(wait);
    if (role == SubtitleRole && index.column() == Waiter)
        return tr("for %1").arg(blockersOf(wait));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Waiter:
        return workerName(wait.waiterName);
    case WaitedFor:
        return blockersOf(wait);
    case Waited:
        return format::duration(wait.waitedMicros);
    default:
        return {};
    }
}

QVariant LockWaitsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Waiter:
        return tr("Waiter");
    case WaitedFor:
        return tr("Waited for");
    case Waited:
        return tr("Waited");
    default:
        return {};
    }
}

} // namespace tallystick
