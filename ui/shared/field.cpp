// SPDX-License-Identifier: GPL-3.0-or-later
//! Label above, note below, one left edge.
#include "ui/shared/field.h"

#include "ui/shared/label.h"
#include "ui/shared/styledraw.h"

#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

namespace tallystick {

Field::Field(const QString& label, const QString& objectName, QWidget* parent)
    : QWidget(parent)
    , m_label(new Label(theme::Type::Body, theme::Role::Text, label))
    , m_editor(new QLineEdit)
    , m_note(new Label(theme::Type::Caption, theme::Role::Secondary))
{
    m_editor->setObjectName(objectName);
    m_editor->setAccessibleName(label);
    m_label->setBuddy(m_editor);
    m_note->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::tight);
    column->addWidget(m_label);
    column->addWidget(m_editor);
    column->addWidget(m_note);
    tell();
}

QString Field::text() const
{
    return m_editor->text();
}

void Field::setHint(const QString& hint)
{
    m_hint = hint;
    tell();
}

void Field::setProblem(const QString& sentence)
{
    if (m_problem == sentence)
        return;
    m_problem = sentence;
    tell();
}

void Field::tell()
{
    const bool isWrong = !m_problem.isEmpty();
    m_note->setText(isWrong ? m_problem : m_hint);
    m_note->setRole(isWrong ? theme::Role::Negative : theme::Role::Secondary);
    m_note->setVisible(isWrong || !m_hint.isEmpty());
    m_editor->setProperty(styledraw::invalidProperty, isWrong);
    m_editor->setAccessibleDescription(m_note->text());
    m_editor->update();
}

} // namespace tallystick
