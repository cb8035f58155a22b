<?xml version="1.0" encoding="utf-8"?>
<!-- The way back in XSLT 1.0, from the canonical record as XML (each member an element, each item of a list one too). Local times are asked of an extension object; nothing is validated. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:x="urn:benchmark" exclude-result-prefixes="x">
  <xsl:output method="xml" encoding="utf-8" indent="yes"/>
  <xsl:template match="/record">
    <occurrence>
      <number><xsl:value-of select="references[kind='occurrence']/value"/></number>
      <crimeRef><xsl:value-of select="references[kind='crime']/value"/></crimeRef>
      <status>
        <xsl:choose>
          <xsl:when test="status='recorded'">REC</xsl:when>
          <xsl:when test="status='under-investigation'">UIN</xsl:when>
          <xsl:when test="status='charged'">CHG</xsl:when>
          <xsl:when test="status='closed'">CLO</xsl:when>
        </xsl:choose>
      </status>
      <offenceCode>
        <xsl:choose>
          <xsl:when test="offence='burglary-dwelling'">028/01</xsl:when>
          <xsl:when test="offence='burglary-other'">030/02</xsl:when>
          <xsl:when test="offence='robbery'">034/01</xsl:when>
          <xsl:when test="offence='criminal-damage'">058/01</xsl:when>
        </xsl:choose>
      </offenceCode>
      <committedFrom><xsl:value-of select="x:local(string(occurredFrom))"/></committedFrom>
      <xsl:if test="occurredTo"><committedTo><xsl:value-of select="x:local(string(occurredTo))"/></committedTo></xsl:if>
      <xsl:if test="summary"><modus><xsl:value-of select="summary"/></modus></xsl:if>
      <xsl:apply-templates select="location"/>
      <xsl:apply-templates select="persons"/>
      <xsl:apply-templates select="events"/>
    </occurrence>
  </xsl:template>
  <xsl:template match="location">
    <venue>
      <xsl:for-each select="lines"><address><xsl:value-of select="."/></address></xsl:for-each>
      <town><xsl:value-of select="town"/></town>
      <xsl:if test="postcode"><postCode><xsl:value-of select="postcode"/></postCode></xsl:if>
    </venue>
  </xsl:template>
  <xsl:template match="persons">
    <nominal>
      <role><xsl:value-of select="role"/></role>
      <xsl:for-each select="name/given"><forename><xsl:value-of select="."/></forename></xsl:for-each>
      <surname><xsl:value-of select="name/family"/></surname>
      <xsl:if test="dateOfBirth"><dob><xsl:value-of select="concat(substring(dateOfBirth,9,2),'/',substring(dateOfBirth,6,2),'/',substring(dateOfBirth,1,4))"/></dob></xsl:if>
      <xsl:if test="sms"><mobile><xsl:value-of select="concat('0',substring(sms,4))"/></mobile></xsl:if>
      <xsl:if test="needs"><needs><xsl:value-of select="needs"/></needs></xsl:if>
    </nominal>
  </xsl:template>
  <xsl:template match="events">
    <event>
      <type>
        <xsl:choose>
          <xsl:when test="kind='officer-assigned'">OIC</xsl:when>
          <xsl:when test="kind='suspect-arrested'">ARR</xsl:when>
          <xsl:when test="kind='released-on-bail'">BAI</xsl:when>
          <xsl:when test="kind='file-sent'">FIL</xsl:when>
        </xsl:choose>
      </type>
      <at><xsl:value-of select="x:local(string(at))"/></at>
      <xsl:if test="text"><text><xsl:value-of select="text"/></text></xsl:if>
    </event>
  </xsl:template>
</xsl:stylesheet>
