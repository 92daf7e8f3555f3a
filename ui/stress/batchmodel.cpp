// SPDX-License-Identifier: GPL-3.0-or-later
//! A suite's row is right when it passed, a control's when its broken posting was caught.
#include "ui/stress/batchmodel.h"

#include "ui/report/runwords.h"
#include "ui/shared/format.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/words.h"

#include <algorithm>

namespace tallystick {

namespace {

/// The first invariant that is broken and named by the control.
QString namingInvariant(const Report& report, const Control& control)
{
    for (const InvariantResult& invariant : report.invariants)
        if (invariant.validity == Validity::Invalid && control.invariants.contains(invariant.id))
            return invariant.id;
    return {};
}

} // namespace

BatchModel::BatchModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void BatchModel::setJobs(const QList<RunJob>& jobs)
{
    beginResetModel();
    m_rows.clear();
    for (const RunJob& job : jobs)
        m_rows.append({.job = job});
    endResetModel();
}

void BatchModel::setStarted(int row)
{
    m_rows[row].isStarted = true;
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void BatchModel::setResult(int row, const Result<Report>& result)
{
    m_rows[row].result = result;
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

const Report* BatchModel::report(int row) const
{
    if (row < 0 || row >= m_rows.size() || !m_rows[row].result || !*m_rows[row].result)
        return nullptr;
    return &m_rows[row].result->value();
}

int BatchModel::ended() const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(),
                                          [](const Row& row) { return row.result.has_value(); }));
}

int BatchModel::asExpected() const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [](const Row& row) {
        return row.result && isAsExpected(row.job, *row.result);
    }));
}

QString BatchModel::outcomeOf(const Row& row) const
{
    if (!row.result)
        return row.isStarted ? tr("running") : tr("waiting");
    if (!*row.result)
        return tr("not run");
    const Report& report = row.result->value();
    if (!row.job.control)
        return words::word(report.verdict);
    const QString invariant = namingInvariant(report, *row.job.control);
    return invariant.isEmpty() ? tr("not caught: %1").arg(words::word(report.verdict))
                               : tr("caught by %1").arg(invariant);
}

int BatchModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BatchModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant BatchModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[index.row()];
    const Scenario& scenario = row.job.scenario;
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == Lasted ? Qt::AlignRight : Qt::AlignLeft) |
                        Qt::AlignVCenter);
    if (role == ColorRole && index.column() == Ended) {
        if (!row.result)
            return int(theme::Role::Secondary);
        return int(isAsExpected(row.job, *row.result) ? theme::Role::Positive
                                                      : theme::Role::Negative);
    }
    if (role == Qt::ToolTipRole && row.result && !*row.result)
        return words::sentence(row.result->error(), words::Doing::Writing);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Name:
        return scenario.title.isEmpty() ? scenario.name : scenario.title;
    case RunWay:
        return row.job.control && row.job.control->fault ? faultWords(*row.job.control->fault)
                                                         : words::word(scenario.target.way);
    case Ended:
        return outcomeOf(row);
    case Lasted:
        return row.result && *row.result
                   ? format::duration(static_cast<qint64>(row.result->value().seconds * 1e6))
                   : QString();
    default:
        return {};
    }
}

QVariant BatchModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Lasted ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Scenario");
    case RunWay:
        return tr("Against");
    case Ended:
        return tr("Outcome");
    case Lasted:
        return tr("Lasted");
    default:
        return {};
    }
}

} // namespace tallystick
