// SPDX-License-Identifier: GPL-3.0-or-later
//! Rows by value; a few dozen at most.
#include "ui/stress/scenariomodel.h"

#include <algorithm>

namespace tallystick {

ScenarioModel::ScenarioModel(QObject* parent)
    : QAbstractListModel(parent)
{
}

void ScenarioModel::setScenarios(const QList<Scenario>& scenarios)
{
    beginResetModel();
    m_scenarios = scenarios;
    endResetModel();
}

void ScenarioModel::add(const Scenario& scenario)
{
    QList<Scenario> scenarios = m_scenarios;
    scenarios.removeIf([&](const Scenario& each) { return each.name == scenario.name; });
    scenarios.prepend(scenario);
    setScenarios(scenarios);
}

const Scenario* ScenarioModel::at(int row) const
{
    return row >= 0 && row < m_scenarios.size() ? &m_scenarios[row] : nullptr;
}

int ScenarioModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_scenarios.size());
}

QVariant ScenarioModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Scenario& scenario = m_scenarios[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return scenario.title.isEmpty() ? scenario.name : scenario.title;
    case Qt::ToolTipRole:
    case DescriptionRole:
    case Qt::AccessibleDescriptionRole:
        return scenario.description;
    case NameRole:
        return scenario.name;
    default:
        return {};
    }
}

ScenarioFilter::ScenarioFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
}

void ScenarioFilter::setWords(const QString& words)
{
    m_words = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool ScenarioFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    QString text;
    for (const int role :
         {int(Qt::DisplayRole), int(ScenarioModel::NameRole), int(ScenarioModel::DescriptionRole)})
        text += index.data(role).toString() + QLatin1Char('\n');
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString& word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace tallystick
