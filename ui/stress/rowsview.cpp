// SPDX-License-Identifier: GPL-3.0-or-later
//! Names what was expected and found, and marks the rows in question.
#include "ui/stress/rowsview.h"

#include "ui/report/runwords.h"
#include "ui/shared/format.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/label.h"
#include "ui/stress/chainmodel.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace tallystick {

namespace {

/// Keys of this user that any counter-example of the report names.
QStringList markedKeys(const Report& report, const UserId& user)
{
    QStringList keys;
    for (const InvariantResult& invariant : report.invariants)
        if (invariant.validity != Validity::Valid)
            for (const Example& example : invariant.examples)
                if (example.user == user && !example.key.isEmpty())
                    keys.append(example.key.text());
    return keys;
}

} // namespace

RowsView::RowsView(QWidget* parent)
    : QWidget(parent)
    , m_title(new Label(theme::Type::Section, theme::Role::Text, {}, this))
    , m_sentence(new Label(theme::Type::Body, theme::Role::Secondary, {}, this))
    , m_stored(new Label(theme::Type::Body, theme::Role::Secondary, {}, this))
    , m_model(new ChainModel(this))
    , m_table(new HairlineTable(this))
{
    m_title->setElided(Qt::ElideMiddle);
    m_sentence->setWordWrap(true);
    m_sentence->setObjectName(QStringLiteral("stressRowsSentence"));
    m_table->setObjectName(QStringLiteral("stressRows"));
    m_table->setAccessibleName(tr("Rows of the user"));
    m_table->setModel(m_model);
    m_table->setStretchColumn(ChainModel::Key);
    for (const int column : {ChainModel::Sequence, ChainModel::Time, ChainModel::Type,
                             ChainModel::Amount, ChainModel::Before, ChainModel::After})
        m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::gap, 0, 0);
    column->setSpacing(theme::tight);
    for (QWidget* each : {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_sentence)})
        column->addWidget(each);
    column->addWidget(m_table, 1);
    column->addWidget(m_stored);
    clear();
}

void RowsView::clear()
{
    m_model->setChain({}, {});
    m_title->setText(tr("No rows"));
    m_sentence->setText(tr("When a check is violated, the rows around the fault are shown here."));
    m_stored->clear();
}

void RowsView::show(const Report& report, const Example& example)
{
    m_title->setText(example.user.text());
    m_sentence->setText(example.expected || example.found
                            ? tr("%1: expected %2, found %3.")
                                  .arg(exampleWords(example.what),
                                       exampleValue(example, example.expected),
                                       exampleValue(example, example.found))
                            : exampleWords(example.what));
    const auto chain = std::find_if(report.chains.begin(), report.chains.end(),
                                    [&](const Chain& each) { return each.user == example.user; });
    if (chain == report.chains.end()) {
        m_model->setChain({}, {});
        m_stored->setText(tr("The report kept no rows of this user."));
        return;
    }
    m_model->setChain(*chain, markedKeys(report, example.user));
    m_stored->setText(chain->storedBalance
                          ? tr("Stored balance: %1").arg(format::money(*chain->storedBalance))
                          : tr("There is no balance row."));
    const auto named = std::find_if(chain->rows.begin(), chain->rows.end(),
                                    [&](const ChainRow& row) { return row.key == example.key; });
    const int row = named != chain->rows.end()
                        ? static_cast<int>(std::distance(chain->rows.begin(), named))
                        : m_model->firstMarked();
    const QModelIndex index = m_model->index(std::max(0, row), 0);
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index, QAbstractItemView::PositionAtCenter);
}

} // namespace tallystick
