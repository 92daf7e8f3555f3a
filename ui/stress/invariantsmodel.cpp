// SPDX-License-Identifier: GPL-3.0-or-later
//! A word beside every colour; the sentence behind it is the tool tip.
#include "ui/stress/invariantsmodel.h"

#include "ui/report/runwords.h"
#include "ui/shared/hairlinetable.h"

namespace tallystick {

namespace {

theme::Role colorOf(const InvariantResult& invariant)
{
    if (hadNothingToCheck(invariant))
        return theme::Role::Secondary;
    switch (invariant.validity) {
    case Validity::Valid:
        return theme::Role::Positive;
    case Validity::Invalid:
        return theme::Role::Negative;
    case Validity::Unknown:
        return theme::Role::Warning;
    }
    Q_UNREACHABLE();
}

} // namespace

InvariantsModel::InvariantsModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void InvariantsModel::setInvariants(const QList<InvariantResult>& invariants)
{
    beginResetModel();
    m_invariants = invariants;
    endResetModel();
}

const InvariantResult* InvariantsModel::at(int row) const
{
    return row >= 0 && row < m_invariants.size() ? &m_invariants[row] : nullptr;
}

int InvariantsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_invariants.size());
}

int InvariantsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant InvariantsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const InvariantResult& invariant = m_invariants[index.row()];
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == CameOut ? Qt::AlignRight : Qt::AlignLeft) |
                        Qt::AlignVCenter);
    if (role == ColorRole)
        return int(index.column() == CameOut ? colorOf(invariant)
                   : index.column() == Id    ? theme::Role::Secondary
                                             : theme::Role::Text);
    if (role == Qt::ToolTipRole) {
        const QString meaning = invariantMeaning(invariant.id);
        const QString count = invariantCount(invariant);
        return meaning.isEmpty() ? invariantTitle(invariant) + QStringLiteral(": ") + count
                                 : meaning + QStringLiteral(" ") + count + QStringLiteral(".");
    }
    if (role == Qt::AccessibleTextRole && index.column() == CameOut)
        return invariantOutcome(invariant);
    if (role == SubtitleRole && index.column() == Title)
        return tr("%1 · %2").arg(invariant.id, invariantCount(invariant));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Id:
        return invariant.id;
    case Title:
        return invariantTitle(invariant);
    case CameOut:
        // The words stand in the line below the title, where there is room for them.
        return hadNothingToCheck(invariant) ? QStringLiteral("–") : invariantOutcome(invariant);
    default:
        return {};
    }
}

QVariant InvariantsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Id:
        return tr("Id");
    case Title:
        return tr("Check");
    case CameOut:
        return tr("Came out");
    default:
        return {};
    }
}

} // namespace tallystick
