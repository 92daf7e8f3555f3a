// SPDX-License-Identifier: GPL-3.0-or-later
//! Flattened: a row an example, whatever invariant it belongs to.
#include "ui/stress/examplesmodel.h"

#include "ui/shared/format.h"
#include "ui/shared/hairlinetable.h"

namespace tallystick {

namespace {

bool isNumber(int column)
{
    return column == ExamplesModel::Expected || column == ExamplesModel::Found;
}

constexpr int idCharacters = 24;

} // namespace

ExamplesModel::ExamplesModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void ExamplesModel::setReport(const Report& report)
{
    beginResetModel();
    m_rows = toldExamples(report);
    endResetModel();
}

const Example* ExamplesModel::at(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows[row].example : nullptr;
}

int ExamplesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ExamplesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ExamplesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& [checks, example] = m_rows[index.row()];
    if (role == Qt::TextAlignmentRole)
        return QVariant((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) |
                        Qt::AlignVCenter);
    if (role == ColorRole && index.column() == Found && example.found)
        return int(theme::Role::Negative);
    if (role == Qt::ToolTipRole && index.column() == User)
        return example.user.text();
    if (role == Qt::ToolTipRole && index.column() == Key)
        return example.key.text();
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Check:
        return checks;
    case User:
        return example.user.isEmpty() ? QStringLiteral("–")
                                      : format::elided(example.user.text(), idCharacters);
    case Key:
        return example.key.isEmpty() ? QStringLiteral("–")
                                     : format::elided(example.key.text(), idCharacters);
    case Expected:
        return exampleValue(example, example.expected);
    case Found:
        return exampleValue(example, example.found);
    case What:
        return exampleWords(example.what);
    default:
        return {};
    }
}

QVariant ExamplesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Check:
        return tr("Check");
    case User:
        return tr("User");
    case Key:
        return tr("Key");
    case Expected:
        return tr("Expected");
    case Found:
        return tr("Found");
    case What:
        return tr("What is wrong");
    default:
        return {};
    }
}

} // namespace tallystick
